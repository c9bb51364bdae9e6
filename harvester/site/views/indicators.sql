-- 指标：分子、分母和比率，一行一份报告一项指标 · Indicators: numerator, denominator and rate, one row a report and indicator
CREATE VIEW indicators AS
SELECT v.report_id, r.agency_id, r.agency_name, r.division_code, r.year, r.scope, r.form, r.simulated, v.indicator,
       v.numerator, v.denominator, v.rate
FROM indicator_values v JOIN reports r ON r.id = v.report_id
