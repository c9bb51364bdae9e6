-- 指标：每份报告、每项指标的分子、分母与比率 · Indicators: numerator, denominator and rate for each report
-- rate is empty for counts and where the denominator is zero; tainted = 1 when an input stands in a failed identity.
CREATE VIEW indicators AS
SELECT
  v.report_id, r.agency_id, r.agency_name, r.division_code, r.province, r.level, r.year, r.scope, r.form, v.indicator,
  v.numerator, v.denominator,
  CASE WHEN v.denominator > 0 THEN round(1.0 * v.numerator / v.denominator, 6) END AS rate,
  v.tainted, 1 AS is_current, r.simulated
FROM indicator_values v JOIN reports r ON r.id = v.report_id;
