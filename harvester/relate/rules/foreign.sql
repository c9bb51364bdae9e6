-- FOREIGN-COPY: the report was met on the portal of another place, too. What stands there is kept and never counted.
INSERT INTO findings (report_id, edition_id, code, severity, attribution, message, message_en, cells, across)
SELECT r.id, r.current_edition_id, 'FOREIGN-COPY', 'notice', 'unknown',
       printf('另有一份抄本见于%s：%s（未采用）', p.name, f.url),
       printf('a copy stands on the portal of another place (%s): %s (not used)', p.id, f.url), '[]', 1
FROM foreign_copies f
JOIN agencies a ON a.name = f.agency_name AND a.division_code = f.division_code AND a.simulated = f.simulated
JOIN reports r ON r.agency_id = a.id AND r.year = f.year
JOIN portals p ON p.id = f.portal_id
WHERE r.current_edition_id IS NOT NULL AND r.id IN (SELECT id FROM affected)
ORDER BY r.id, f.sha256, f.member;
