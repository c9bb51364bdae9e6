-- One agency, two years running, same scope: the current editions of both. Of reports that something has happened to.
CREATE TEMP TABLE pairs AS
SELECT b.id AS report_id, b.year, b.form, b.current_edition_id AS edition,
       a.year AS before_year, a.form AS before_form, a.current_edition_id AS before_edition
FROM reports a JOIN reports b ON b.agency_id = a.agency_id AND b.scope = a.scope AND b.year = a.year + 1
WHERE a.current_edition_id IS NOT NULL AND b.current_edition_id IS NOT NULL AND b.id IN (SELECT id FROM affected);
