-- What has changed since a stage last looked. Triggers write it down, so that no writer can forget to.
-- Each statement ends with ";;". A volatile change (a report was looked at again and is the same) is no news.
-- ON CONFLICT DO NOTHING and not OR IGNORE: the policy of the statement that fires a trigger would replace that.

-- Reports whose findings between reports are to be made anew: by agency, place and year.
CREATE TRIGGER news_reports_in AFTER INSERT ON reports BEGIN
  INSERT INTO changed_reports (agency_id, division_code, year)
    VALUES (new.agency_id, new.division_code, new.year) ON CONFLICT DO NOTHING;
  INSERT INTO changed_portals (portal_id)
    SELECT portal_id FROM agencies WHERE id = new.agency_id ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_reports_out AFTER DELETE ON reports BEGIN
  INSERT INTO changed_reports (agency_id, division_code, year)
    VALUES (old.agency_id, old.division_code, old.year) ON CONFLICT DO NOTHING;
  INSERT INTO changed_portals (portal_id)
    SELECT portal_id FROM agencies WHERE id = old.agency_id ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_reports AFTER UPDATE ON reports
WHEN (old.agency_id, old.agency_name, old.division_code, old.year, old.scope, old.form, old.current_edition_id,
      old.published_on, old.first_seen_at, old.removed_at)
  IS NOT (new.agency_id, new.agency_name, new.division_code, new.year, new.scope, new.form, new.current_edition_id,
      new.published_on, new.first_seen_at, new.removed_at) BEGIN
  INSERT INTO changed_reports (agency_id, division_code, year)
    VALUES (old.agency_id, old.division_code, old.year) ON CONFLICT DO NOTHING;
  INSERT INTO changed_reports (agency_id, division_code, year)
    VALUES (new.agency_id, new.division_code, new.year) ON CONFLICT DO NOTHING;
  INSERT INTO changed_portals (portal_id)
    SELECT portal_id FROM agencies WHERE id IN (old.agency_id, new.agency_id) ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_editions_in AFTER INSERT ON editions BEGIN
  INSERT INTO changed_reports (agency_id, division_code, year)
    SELECT agency_id, division_code, year FROM reports WHERE id = new.report_id ON CONFLICT DO NOTHING;
  INSERT INTO changed_portals (portal_id)
    SELECT portal_id FROM captures WHERE sha256 = new.sha256 ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_editions_out AFTER DELETE ON editions BEGIN
  INSERT INTO changed_reports (agency_id, division_code, year)
    SELECT agency_id, division_code, year FROM reports WHERE id = old.report_id ON CONFLICT DO NOTHING;
  INSERT INTO changed_portals (portal_id)
    SELECT portal_id FROM captures WHERE sha256 = old.sha256 ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_editions AFTER UPDATE ON editions
WHEN (old.report_id, old.sha256, old.format, old.form, old.is_current)
  IS NOT (new.report_id, new.sha256, new.format, new.form, new.is_current) BEGIN
  INSERT INTO changed_reports (agency_id, division_code, year)
    SELECT agency_id, division_code, year FROM reports WHERE id IN (old.report_id, new.report_id) ON CONFLICT DO NOTHING;
  INSERT INTO changed_portals (portal_id)
    SELECT portal_id FROM captures WHERE sha256 IN (old.sha256, new.sha256) ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_documents AFTER UPDATE ON documents
WHEN (old.kind, old.reason, old.read_at, old.extractor_version)
  IS NOT (new.kind, new.reason, new.read_at, new.extractor_version) BEGIN
  INSERT INTO changed_reports (agency_id, division_code, year)
    SELECT agency_id, division_code, year FROM reports
    WHERE id IN (SELECT report_id FROM editions WHERE sha256 = new.sha256) ON CONFLICT DO NOTHING;
  INSERT INTO changed_portals (portal_id)
    SELECT portal_id FROM captures WHERE sha256 = new.sha256 ON CONFLICT DO NOTHING;
END;;
-- Readers replace the cells of an edition as a whole, with the row of its document; this is for whoever mends one.
CREATE TRIGGER news_cells AFTER UPDATE ON cells BEGIN
  INSERT INTO changed_reports (agency_id, division_code, year)
    SELECT agency_id, division_code, year FROM reports
    WHERE id IN (SELECT report_id FROM editions WHERE id IN (old.edition_id, new.edition_id)) ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_sections AFTER UPDATE ON sections BEGIN
  INSERT INTO changed_reports (agency_id, division_code, year)
    SELECT agency_id, division_code, year FROM reports
    WHERE id IN (SELECT report_id FROM editions WHERE id IN (old.edition_id, new.edition_id)) ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_captures_in AFTER INSERT ON captures WHEN new.outcome IS NOT 'unchanged' BEGIN
  INSERT INTO changed_portals (portal_id) VALUES (new.portal_id) ON CONFLICT DO NOTHING;
  INSERT INTO changed_reports (agency_id, division_code, year)
    SELECT agency_id, division_code, year FROM reports WHERE id IN
    (SELECT e.report_id FROM captures c JOIN editions e ON e.sha256 = c.sha256 WHERE c.url = new.url) ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_captures AFTER UPDATE ON captures BEGIN
  INSERT INTO changed_portals (portal_id) VALUES (old.portal_id), (new.portal_id) ON CONFLICT DO NOTHING;
  INSERT INTO changed_reports (agency_id, division_code, year)
    SELECT agency_id, division_code, year FROM reports WHERE id IN
    (SELECT e.report_id FROM captures c JOIN editions e ON e.sha256 = c.sha256 WHERE c.url IN (old.url, new.url)) ON CONFLICT DO NOTHING;
  DELETE FROM last_looks WHERE name = 'visits counted';
END;;
CREATE TRIGGER news_copies_in AFTER INSERT ON foreign_copies BEGIN
  INSERT INTO changed_portals (portal_id) VALUES (new.portal_id) ON CONFLICT DO NOTHING;
  INSERT INTO changed_reports (agency_id, division_code, year)
    SELECT id, division_code, new.year FROM agencies
    WHERE name = new.agency_name AND division_code = new.division_code AND simulated = new.simulated AND new.year ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_copies_out AFTER DELETE ON foreign_copies BEGIN
  INSERT INTO changed_portals (portal_id) VALUES (old.portal_id) ON CONFLICT DO NOTHING;
  INSERT INTO changed_reports (agency_id, division_code, year)
    SELECT id, division_code, old.year FROM agencies
    WHERE name = old.agency_name AND division_code = old.division_code AND simulated = old.simulated AND old.year ON CONFLICT DO NOTHING;
END;;

-- Portals whose part of the ledger is to be made anew.
CREATE TRIGGER news_walks_in AFTER INSERT ON list_walks BEGIN
  INSERT INTO changed_portals (portal_id) VALUES (new.portal_id) ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_walks AFTER UPDATE ON list_walks BEGIN
  INSERT INTO changed_portals (portal_id) VALUES (old.portal_id), (new.portal_id) ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_events AFTER INSERT ON events
WHEN new.kind IN ('article_unread', 'soft_404', 'moved_home', 'robots_disallowed') BEGIN
  INSERT INTO changed_portals (portal_id) VALUES (new.portal_id) ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_urls_in AFTER INSERT ON urls WHEN new.failures > 0 OR new.landing_url IS NOT NULL BEGIN
  INSERT INTO changed_portals (portal_id) VALUES (new.portal_id) ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_urls AFTER UPDATE ON urls
WHEN (old.portal_id, old.role, old.status, old.failures, old.sha256, old.landing_url, old.list_title, old.column_path)
  IS NOT (new.portal_id, new.role, new.status, new.failures, new.sha256, new.landing_url, new.list_title,
      new.column_path) AND (old.failures OR new.failures OR old.sha256 IS NULL OR new.sha256 IS NULL) BEGIN
  INSERT INTO changed_portals (portal_id) VALUES (old.portal_id), (new.portal_id) ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_portals_in AFTER INSERT ON portals BEGIN
  INSERT INTO changed_portals (portal_id) VALUES (new.id) ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_portals AFTER UPDATE ON portals
WHEN (old.name, old.division_code, old.level, old.status, old.simulated)
  IS NOT (new.name, new.division_code, new.level, new.status, new.simulated) BEGIN
  INSERT INTO changed_portals (portal_id) VALUES (new.id) ON CONFLICT DO NOTHING;
  INSERT INTO changed_reports (agency_id, division_code, year)
    SELECT a.id, a.division_code, f.year FROM foreign_copies f JOIN agencies a
    ON a.name = f.agency_name AND a.division_code = f.division_code AND a.simulated = f.simulated
    WHERE f.portal_id = new.id AND f.year ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_agencies_in AFTER INSERT ON agencies WHEN new.portal_id IS NOT NULL BEGIN
  INSERT INTO changed_portals (portal_id) VALUES (new.portal_id) ON CONFLICT DO NOTHING;
END;;
CREATE TRIGGER news_agencies AFTER UPDATE ON agencies BEGIN
  INSERT INTO changed_portals (portal_id)
    SELECT portal_id FROM agencies WHERE id = new.id AND portal_id IS NOT NULL ON CONFLICT DO NOTHING;
END;;
