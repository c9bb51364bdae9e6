-- 疑点：每条一句话，中英文，附机关与年度 · Findings with their report, in both languages
CREATE VIEW findings_public AS
SELECT f.id, f.report_id, r.agency_name, r.division_code, r.province, r.year, r.scope, r.simulated, f.code, f.severity,
       f.attribution, f.message AS zh, coalesce(f.message_en, f.message) AS en, f.cell, f.implied_value, f.quote
FROM findings f JOIN reports r ON r.id = f.report_id
WHERE f.edition_id = r.current_edition_id
