-- 未能读出或不是年报的文件及原因 · Documents that could not be read, or are not reports, and why
CREATE VIEW unread_documents AS
SELECT
  d.sha256, d.kind, d.reason, d.score, d.media_type, d.size,
  (SELECT c.url FROM captures c WHERE c.sha256 = d.sha256 ORDER BY c.fetched_at LIMIT 1) AS url, d.simulated
FROM documents d
WHERE d.kind != 'report';
