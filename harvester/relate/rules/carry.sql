-- XY-CARRY: what was carried out of a year is carried into the next, column by column. Lawful exception: mergers.
INSERT INTO findings (report_id, edition_id, code, severity, attribution, message, message_en, implied_value, cell, cells, across)
SELECT p.report_id, p.edition, 'XY-CARRY', 'warning', 'unknown',
       printf('%d年报告“结转下年度继续办理”为 %s，%d年报告“上年结转”为 %s（%s）', p.before_year, o.value, p.year, i.value,
         CASE i.column_id WHEN 'total' THEN '总计' WHEN 'natural_person' THEN '自然人' WHEN 'enterprise' THEN '商业企业'
         WHEN 'research_institution' THEN '科研机构' WHEN 'public_interest_org' THEN '社会公益组织'
         WHEN 'legal_services_org' THEN '法律服务机构' ELSE '其他' END),
       printf('%d carried out %s, %d carried in %s (%s)', p.before_year, o.value, p.year, i.value, i.column_id),
       o.value, 'requests/requests_carried_in/' || i.column_id,
       json_array('requests/requests_carried_in/' || i.column_id), 1
FROM pairs p
JOIN cells o ON o.edition_id = p.before_edition AND o.table_id = 'requests' AND o.row_id = 'requests_carried_out'
JOIN cells i ON i.edition_id = p.edition AND i.table_id = 'requests' AND i.row_id = 'requests_carried_in'
            AND i.column_id = o.column_id
WHERE o.state = 'number' AND i.state = 'number' AND o.value != i.value;
