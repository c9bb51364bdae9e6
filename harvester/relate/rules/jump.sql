-- XY-JUMP: more than five times or less than a fifth of the year before, from a base of twenty or more.
INSERT INTO findings (report_id, edition_id, code, severity, attribution, message, message_en, cell, cells, across)
SELECT p.report_id, p.edition, 'XY-JUMP', 'notice', 'unknown',
       printf('%s：%d年 %s，%d年 %s', b.label, p.before_year, a.value, p.year, b.value),
       printf('%s: %s in %d, %s in %d', b.row_id, a.value, p.before_year, b.value, p.year),
       b.table_id || '/' || b.row_id || '/' || b.column_id,
       json_array(b.table_id || '/' || b.row_id || '/' || b.column_id), 1
FROM pairs p
JOIN (SELECT 'requests' AS table_id, 'requests_received' AS row_id, 'total' AS column_id
      UNION ALL SELECT 'requests', 'disposed_total', 'total'
      UNION ALL SELECT 'proactive_disclosure', 'licences', 'decisions'
      UNION ALL SELECT 'proactive_disclosure', 'penalties', 'decisions') figure
JOIN cells a ON a.edition_id = p.before_edition AND a.table_id = figure.table_id AND a.row_id = figure.row_id AND a.column_id = figure.column_id
JOIN cells b ON b.edition_id = p.edition AND b.table_id = figure.table_id AND b.row_id = figure.row_id AND b.column_id = figure.column_id
WHERE a.state = 'number' AND b.state = 'number' AND a.value >= 20 AND (b.value > 5 * a.value OR b.value < 0.2 * a.value);

-- T2-UNIT: an amount about ten thousand times its neighbour was probably typed in 元 where 万元 was asked for.
INSERT INTO findings (report_id, edition_id, code, severity, attribution, message, message_en, cell, cells, across)
SELECT p.report_id, p.edition, 'T2-UNIT', 'notice', 'unknown',
       printf('行政事业性收费：%d年 %s，%d年 %s，相差约一万倍，疑似单位不一', p.before_year, a.value, p.year, b.value),
       printf('fees: %s in %d, %s in %d: about ten thousand times, the unit may differ', a.value, p.before_year, b.value, p.year),
       'proactive_disclosure/administrative_fees/amount_collected',
       json_array('proactive_disclosure/administrative_fees/amount_collected'), 1
FROM pairs p
JOIN cells a ON a.edition_id = p.before_edition AND a.table_id = 'proactive_disclosure' AND a.row_id = 'administrative_fees' AND a.column_id = 'amount_collected'
JOIN cells b ON b.edition_id = p.edition AND b.table_id = 'proactive_disclosure' AND b.row_id = 'administrative_fees' AND b.column_id = 'amount_collected'
WHERE a.value > 0 AND b.value > 0 AND a.unit = b.unit
  AND (b.value / (a.value * 1.0) BETWEEN 3000 AND 30000 OR a.value / (b.value * 1.0) BETWEEN 3000 AND 30000);
