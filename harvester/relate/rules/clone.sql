-- XY-CLONE: tables three and four say the same two years running, with at least three different numbers above zero.
INSERT INTO findings (report_id, edition_id, code, severity, attribution, message, message_en, cells, across)
SELECT p.report_id, p.edition, 'XY-CLONE', 'notice', 'unknown',
       printf('表三、表四与%d年报告逐格相同', p.before_year),
       printf('tables three and four are the same as in the report of %d, cell by cell', p.before_year), '[]', 1
FROM pairs p
WHERE p.form = p.before_form
  AND (SELECT count(DISTINCT value) FROM cells WHERE edition_id = p.edition AND table_id IN ('requests', 'review_litigation') AND value > 0) >= 3
  AND NOT EXISTS (
      SELECT 1 FROM cells a LEFT JOIN cells b ON b.edition_id = p.edition AND b.table_id = a.table_id AND b.row_id = a.row_id AND b.column_id = a.column_id
      WHERE a.edition_id = p.before_edition AND a.table_id IN ('requests', 'review_litigation') AND a.value IS NOT b.value);
