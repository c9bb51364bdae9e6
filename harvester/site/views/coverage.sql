-- 覆盖：每个行政区划、每年应有与找到的年报（含下级） · Coverage: reports owed and found by division and year, places below included
-- code 000000 is the whole country; found counts reports in time, late those after the statutory date; obtained are all
-- that the archive holds, those taken down since among them.
CREATE VIEW coverage AS
SELECT
  c.code AS division_code, coalesce(d.name, CASE c.code WHEN '000000' THEN '全国' ELSE c.code END) AS name,
  c.level, c.kind, c.year,
  sum(c.n) AS owed, sum(c.n * (c.status IN ('found', 'late', 'removed'))) AS obtained,
  sum(c.n * (c.status = 'found')) AS found, sum(c.n * (c.status = 'late')) AS late,
  sum(c.n * (c.status = 'removed')) AS removed, sum(c.n * (c.status = 'placeholder')) AS placeholder,
  sum(c.n * (c.status = 'unreadable')) AS unreadable, sum(c.n * (c.status = 'broken')) AS broken,
  sum(c.n * (c.status = 'missing')) AS missing, sum(c.n * (c.status = 'blocked')) AS blocked,
  sum(c.n * (c.status = 'unknown')) AS unknown, sum(c.n * (c.status = 'not_visited')) AS not_visited,
  c.simulated
FROM coverage_counts c
LEFT JOIN divisions d ON d.code = c.code AND coalesce(d.valid_from, 0) <= c.year AND coalesce(d.valid_to, 9999) >= c.year
GROUP BY c.code, c.level, c.kind, c.year, c.simulated;
