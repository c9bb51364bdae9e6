-- An edition takes part while nothing else stands at its address.
-- READINGS-DIFFER between what a page prints and what its attachment prints: whose error it is cannot be told.
INSERT INTO findings (report_id, edition_id, code, severity, attribution, message, message_en, cell, cells, across)
SELECT e.report_id, e.id, 'READINGS-DIFFER', 'warning', 'unknown',
       printf('本版本（%s）印作“%s”，另一版本（%s）印作“%s”', e.format, trim(a.raw), o.format, trim(b.raw)),
       printf('this edition (%s) prints "%s", the other (%s) prints "%s"', e.format, trim(a.raw), o.format, trim(b.raw)),
       a.table_id || '/' || a.row_id || '/' || a.column_id,
       json_array(a.table_id || '/' || a.row_id || '/' || a.column_id), 1
FROM editions e
JOIN editions o ON o.report_id = e.report_id AND o.id != e.id AND o.format != e.format
JOIN cells a ON a.edition_id = e.id
JOIN cells b ON b.edition_id = o.id AND b.table_id = a.table_id AND b.row_id = a.row_id AND b.column_id = a.column_id
WHERE e.is_current AND e.report_id IN (SELECT id FROM affected) AND a.state NOT IN ('missing', 'unreadable') AND b.state NOT IN ('missing', 'unreadable')
  AND (a.state != b.state OR a.value IS NOT b.value)
  AND EXISTS (SELECT 1 FROM captures c WHERE c.sha256 = o.sha256 AND NOT EXISTS (
      SELECT 1 FROM captures l WHERE l.url = c.url AND l.id > c.id AND l.sha256 IS NOT NULL AND l.sha256 != o.sha256));

-- Two editions in different formats that agree in every cell are two independent readings of one report.
CREATE TEMP TABLE confirmed AS
SELECT e.id FROM editions e JOIN editions o ON o.report_id = e.report_id AND o.id != e.id AND o.format != e.format
WHERE e.is_current AND e.report_id IN (SELECT id FROM affected) AND e.readings_agree IS NULL
  AND EXISTS (SELECT 1 FROM captures c WHERE c.sha256 = o.sha256 AND NOT EXISTS (
      SELECT 1 FROM captures l WHERE l.url = c.url AND l.id > c.id AND l.sha256 IS NOT NULL AND l.sha256 != o.sha256))
  AND EXISTS (SELECT 1 FROM cells WHERE edition_id = o.id AND state = 'number')
  AND NOT EXISTS (
      SELECT 1 FROM cells a LEFT JOIN cells b ON b.edition_id = o.id AND b.table_id = a.table_id AND b.row_id = a.row_id AND b.column_id = a.column_id
      WHERE a.edition_id = e.id AND (a.state IS NOT b.state OR a.value IS NOT b.value));
UPDATE editions SET readings_agree = 1 WHERE id IN (SELECT id FROM confirmed);
UPDATE main.findings SET attribution = 'publisher'
WHERE attribution = 'unknown' AND code IN ('T3-FLOW', 'T3-DISP', 'T3-APPL', 'T4-SUM', 'T4-WIDTH')
  AND edition_id IN (SELECT id FROM confirmed);
DROP TABLE confirmed;
