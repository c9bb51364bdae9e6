"""Reading one page: links, lists, pagers, attachments, challenges. Pure: nothing is fetched here."""
