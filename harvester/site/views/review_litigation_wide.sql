-- 表四，一行一份报告，现行版本 · Table four, one row a report, current edition
-- Empty where no number is printed: a blank is not a zero. A column row__column for every cell that a form has; behind
-- them the state of each, whether it stands in a failed identity, the value implied, a human correction.
CREATE VIEW review_litigation_wide AS
SELECT
  r.id AS report_id, r.agency_id, r.agency_name, r.division_code, r.province, r.city, r.county, r.level, r.year, r.scope, r.form,
  1 AS is_current, r.simulated,
  {{cells of review_litigation}}
FROM reports r
WHERE r.current_edition_id IS NOT NULL;
