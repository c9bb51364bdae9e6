-- 疑点：现行版本的疑点，附报告、地区与中英文说明 · Findings of current editions with report, place and a sentence in both languages
CREATE VIEW findings_public AS
SELECT
  f.id AS finding_id, f.report_id, r.agency_id, r.agency_name, r.division_code, r.province, r.level, r.year, r.scope,
  f.code, f.severity, f.attribution, f.message AS zh, f.message_en AS en, f.cell, f.implied_value,
  f.quote, 1 AS is_current, r.simulated
FROM findings f JOIN reports r ON r.id = f.report_id
WHERE f.edition_id = r.current_edition_id;
