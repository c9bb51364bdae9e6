-- 表四，一行一份报告，现行版本 · Table four, one row a report, current edition
-- Empty where no number is printed: a blank is not a zero.
CREATE VIEW review_litigation_wide AS
SELECT
  r.id AS report_id, r.agency_id, r.agency_name, r.division_code, r.province, r.city, r.county, r.year, r.scope, r.form, r.simulated,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'review_litigation' AND row_id = 'review' AND column_id = 'upheld') AS review__upheld,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'review_litigation' AND row_id = 'review' AND column_id = 'corrected') AS review__corrected,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'review_litigation' AND row_id = 'review' AND column_id = 'other_outcome') AS review__other_outcome,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'review_litigation' AND row_id = 'review' AND column_id = 'pending') AS review__pending,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'review_litigation' AND row_id = 'review' AND column_id = 'total') AS review__total,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'review_litigation' AND row_id = 'litigation_direct' AND column_id = 'upheld') AS litigation_direct__upheld,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'review_litigation' AND row_id = 'litigation_direct' AND column_id = 'corrected') AS litigation_direct__corrected,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'review_litigation' AND row_id = 'litigation_direct' AND column_id = 'other_outcome') AS litigation_direct__other_outcome,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'review_litigation' AND row_id = 'litigation_direct' AND column_id = 'pending') AS litigation_direct__pending,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'review_litigation' AND row_id = 'litigation_direct' AND column_id = 'total') AS litigation_direct__total,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'review_litigation' AND row_id = 'litigation_after_review' AND column_id = 'upheld') AS litigation_after_review__upheld,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'review_litigation' AND row_id = 'litigation_after_review' AND column_id = 'corrected') AS litigation_after_review__corrected,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'review_litigation' AND row_id = 'litigation_after_review' AND column_id = 'other_outcome') AS litigation_after_review__other_outcome,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'review_litigation' AND row_id = 'litigation_after_review' AND column_id = 'pending') AS litigation_after_review__pending,
  (SELECT value FROM cells WHERE edition_id = r.current_edition_id AND table_id = 'review_litigation' AND row_id = 'litigation_after_review' AND column_id = 'total') AS litigation_after_review__total
FROM reports r
WHERE r.current_edition_id IS NOT NULL;
