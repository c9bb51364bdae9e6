-- 覆盖：行政区划 × 年度的应有、已找到、迟发、未找到、空栏目、已撤下、受阻 · Coverage: division × year
CREATE VIEW coverage AS
SELECT a.division_code, l.year, a.simulated,
       count(*) AS owed,
       sum(l.status = 'found') AS found,
       sum(l.status = 'late') AS late,
       sum(l.status = 'missing') AS missing,
       sum(l.status = 'placeholder') AS placeholder,
       sum(l.status = 'removed') AS removed,
       sum(l.status = 'blocked') AS blocked
FROM ledger l JOIN agencies a ON a.id = l.agency_id
GROUP BY a.division_code, l.year, a.simulated
