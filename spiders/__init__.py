"""FIND. The portal registry and one Scrapy spider a platform family."""
