"""The jobs between two dbt stages that turn ad creatives into named, tracked creative approaches."""
