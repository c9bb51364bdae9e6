-- T2-STOCK: in force = in force a year before + issued − repealed (gen2021). Lawful exceptions: expiry, transfer, clean-up.
INSERT INTO findings (report_id, edition_id, code, severity, attribution, message, message_en, implied_value, cell, cells, across)
SELECT p.report_id, p.edition, 'T2-STOCK', 'warning', 'unknown',
       printf('%s：上年现行有效 %s + 本年制发 %s − 本年废止 %s = %s，印作 %s', f.label, o.value, n.value, r.value, o.value + n.value - r.value, f.value),
       printf('%s: %s in force a year before + %s issued − %s repealed = %s, printed %s', f.row_id, o.value, n.value, r.value, o.value + n.value - r.value, f.value),
       o.value + n.value - r.value, 'proactive_disclosure/' || f.row_id || '/in_force',
       json_array('proactive_disclosure/' || f.row_id || '/in_force', 'proactive_disclosure/' || f.row_id || '/issued',
                  'proactive_disclosure/' || f.row_id || '/repealed'), 1
FROM pairs p
JOIN cells f ON f.edition_id = p.edition AND f.table_id = 'proactive_disclosure' AND f.column_id = 'in_force'
JOIN cells n ON n.edition_id = p.edition AND n.table_id = f.table_id AND n.row_id = f.row_id AND n.column_id = 'issued'
JOIN cells r ON r.edition_id = p.edition AND r.table_id = f.table_id AND r.row_id = f.row_id AND r.column_id = 'repealed'
JOIN cells o ON o.edition_id = p.before_edition AND o.table_id = f.table_id AND o.row_id = f.row_id AND o.column_id = 'in_force'
WHERE f.state = 'number' AND n.state = 'number' AND r.state = 'number' AND o.state = 'number'
  AND f.value != o.value + n.value - r.value;
