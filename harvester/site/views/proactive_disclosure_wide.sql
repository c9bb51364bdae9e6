-- 表二，一行一份报告，现行版本 · Table two, one row a report, current edition
-- Empty where no number is printed: a blank is not a zero.
CREATE VIEW proactive_disclosure_wide AS
SELECT
  r.id AS report_id, r.agency_id, r.agency_name, r.division_code, r.province, r.city, r.county, r.year, r.scope, r.form, r.simulated,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'rules' AND column_id = 'newly_made') AS rules__newly_made,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'rules' AND column_id = 'newly_published') AS rules__newly_published,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'rules' AND column_id = 'published_total') AS rules__published_total,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'normative_documents' AND column_id = 'newly_made') AS normative_documents__newly_made,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'normative_documents' AND column_id = 'newly_published') AS normative_documents__newly_published,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'normative_documents' AND column_id = 'published_total') AS normative_documents__published_total,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'licences' AND column_id = 'items_last_year') AS licences__items_last_year,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'licences' AND column_id = 'items_change') AS licences__items_change,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'licences' AND column_id = 'decisions') AS licences__decisions,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'other_external_services' AND column_id = 'items_last_year') AS other_external_services__items_last_year,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'other_external_services' AND column_id = 'items_change') AS other_external_services__items_change,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'other_external_services' AND column_id = 'decisions') AS other_external_services__decisions,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'penalties' AND column_id = 'items_last_year') AS penalties__items_last_year,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'penalties' AND column_id = 'items_change') AS penalties__items_change,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'penalties' AND column_id = 'decisions') AS penalties__decisions,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'coercive_measures' AND column_id = 'items_last_year') AS coercive_measures__items_last_year,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'coercive_measures' AND column_id = 'items_change') AS coercive_measures__items_change,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'coercive_measures' AND column_id = 'decisions') AS coercive_measures__decisions,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'administrative_fees' AND column_id = 'items_last_year') AS administrative_fees__items_last_year,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'administrative_fees' AND column_id = 'items_change') AS administrative_fees__items_change,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'central_procurement' AND column_id = 'procurement_projects') AS central_procurement__procurement_projects,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'central_procurement' AND column_id = 'procurement_amount') AS central_procurement__procurement_amount,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'rules' AND column_id = 'issued') AS rules__issued,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'rules' AND column_id = 'repealed') AS rules__repealed,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'rules' AND column_id = 'in_force') AS rules__in_force,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'normative_documents' AND column_id = 'issued') AS normative_documents__issued,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'normative_documents' AND column_id = 'repealed') AS normative_documents__repealed,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'normative_documents' AND column_id = 'in_force') AS normative_documents__in_force,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'proactive_disclosure' AND row_id = 'administrative_fees' AND column_id = 'amount_collected') AS administrative_fees__amount_collected
FROM reports r
WHERE r.current_edition_id IS NOT NULL;
