-- The figures that indicators are made of, one row a report; empty where any cell of a figure has no number.
CREATE TEMP TABLE figures AS
SELECT r.id AS report_id,
    max(CASE WHEN row_id = 'requests_received' AND column_id = 'total' THEN value END) AS requests_received,
    max(CASE WHEN row_id = 'requests_received' AND column_id = 'natural_person' THEN value END) AS received_natural,
    max(CASE WHEN row_id = 'requests_carried_in' AND column_id = 'total' THEN value END) AS requests_carried_in,
    max(CASE WHEN row_id = 'requests_carried_out' AND column_id = 'total' THEN value END) AS requests_carried_out,
    max(CASE WHEN row_id = 'disposed_total' AND column_id = 'total' THEN value END) AS disposed_total,
    max(CASE WHEN row_id = 'granted' AND column_id = 'total' THEN value END) AS granted,
    max(CASE WHEN row_id = 'partially_granted' AND column_id = 'total' THEN value END) AS partially_granted,
    max(CASE WHEN row_id = 'not_provided_not_held' AND column_id = 'total' THEN value END) AS not_held,
    CASE WHEN sum(column_id = 'total' AND row_id GLOB 'refused_*' AND state = 'number') = 8
         THEN sum(CASE WHEN column_id = 'total' AND row_id GLOB 'refused_*' THEN value END) END AS refused,
    CASE WHEN sum(column_id = 'total' AND row_id GLOB 'not_processed_*' AND state = 'number') = 5
         THEN sum(CASE WHEN column_id = 'total' AND row_id GLOB 'not_processed_*' THEN value END) END AS not_processed,
    CASE WHEN sum(column_id = 'total' AND row_id GLOB 'other_*' AND state = 'number')
              = max(1, sum(column_id = 'total' AND row_id GLOB 'other_*' AND state != 'missing'))
         THEN sum(CASE WHEN column_id = 'total' AND row_id GLOB 'other_*' THEN value END) END AS other,
    max(CASE WHEN row_id = 'review' AND column_id = 'total' THEN value END) AS review_total,
    max(CASE WHEN row_id = 'review' AND column_id = 'corrected' THEN value END) AS review_corrected,
    max(CASE WHEN row_id = 'review' AND column_id = 'pending' THEN value END) AS review_pending,
    max(CASE WHEN row_id = 'litigation_direct' AND column_id = 'total' THEN value END) AS direct_total,
    max(CASE WHEN row_id = 'litigation_direct' AND column_id = 'corrected' THEN value END) AS direct_corrected,
    max(CASE WHEN row_id = 'litigation_direct' AND column_id = 'pending' THEN value END) AS direct_pending,
    max(CASE WHEN row_id = 'litigation_after_review' AND column_id = 'total' THEN value END) AS after_total,
    max(CASE WHEN row_id = 'litigation_after_review' AND column_id = 'corrected' THEN value END) AS after_corrected,
    max(CASE WHEN row_id = 'litigation_after_review' AND column_id = 'pending' THEN value END) AS after_pending
FROM reports r JOIN cells c ON c.edition_id = r.current_edition_id
WHERE c.table_id IN ('requests', 'review_litigation')
GROUP BY r.id
