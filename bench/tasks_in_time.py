"""The tables of the model's bench that go forward in time: learned from snapshots whose outcomes were known, judged on later ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa
from bench.tasks import DATA, Task, read

from liuke.score.model.splits import Split

HORIZON = 90

PURCHASE_FEATURES = """
    SELECT c.customer AS customer, $t - c.last AS recency, $t - c.first AS tenure,
        count(*) AS orders, sum(p.money) AS money, avg(p.money) AS mean_order, arg_max(p.money, p.day) AS last_order,
        count(*) FILTER (p.day > $t - 30) AS orders_30, count(*) FILTER (p.day > $t - 90) AS orders_90,
        count(*) FILTER (p.day > $t - 180) AS orders_180, count(*) FILTER (p.day > $t - 365) AS orders_365,
        coalesce(sum(p.money) FILTER (p.day > $t - 90), 0) AS money_90,
        coalesce(sum(p.money) FILTER (p.day > $t - 365), 0) AS money_365,
        (c.last - c.first) / nullif(count(DISTINCT p.day) - 1, 0) AS mean_gap,
        stddev_samp(p.gap) AS spread_gap, max(p.gap) AS longest_gap, arg_max(p.gap, p.day) AS last_gap,
        ($t - c.last) / nullif((c.last - c.first) / nullif(count(DISTINCT p.day) - 1, 0), 0) AS overdue,
        count(DISTINCT p.day // 30) AS months, sum(p.items) AS items,
        count(*) FILTER (p.day > $t - 90) - count(*) FILTER (p.day <= $t - 90 AND p.day > $t - 180) AS trend,
        count(*) FILTER (p.day > $t - 365 AND p.day <= $t - 365 + 90) AS same_time_last_year,
        CAST(n.customer IS NULL AS INTEGER) AS lost
    FROM (SELECT customer, max(day) AS last, min(day) AS first FROM purchase WHERE day <= $t GROUP BY 1) c
    JOIN (SELECT *, day - lag(day) OVER (PARTITION BY customer ORDER BY day) AS gap FROM purchase WHERE day <= $t) p USING (customer)
    LEFT JOIN (SELECT DISTINCT customer FROM purchase WHERE day > $t AND day <= $t + $h) n USING (customer)
    WHERE c.last > $t - $active GROUP BY c.customer, c.last, c.first, n.customer ORDER BY c.customer
"""


def _snapshots(connection: duckdb.DuckDBPyConnection, origins: Sequence[int], active: int) -> tuple[pa.Table, np.ndarray]:
    tables, numbers = [], []
    for number, origin in enumerate(origins):
        part = connection.execute(PURCHASE_FEATURES, {"t": origin, "h": HORIZON, "active": active}).to_arrow_table()
        tables.append(part)
        numbers.append(np.full(len(part), number))
    return pa.concat_tables(tables), np.concatenate(numbers)


def _forward(name: str, table: pa.Table, origin: np.ndarray, tests: Sequence[int], *, mature: int, newest: int) -> Task:
    """Each test origin by a model of the `newest` origins whose outcomes were known at it."""
    outer = {}
    for test in tests:
        known = (origin <= test - mature) & (origin > test - mature - newest)
        outer[f"origin{test}"] = Split(np.flatnonzero(known), np.flatnonzero(origin == test))
    y = table["lost"].to_numpy().astype(np.int64)
    recency = table["recency"].to_numpy().astype(np.float64)
    data, groups = table.drop_columns(["lost", "customer"]), table["customer"].to_numpy()
    return Task(name, data, y, outer, groups, origin, mature, {"recency": recency})


def _retail() -> Task:
    connection = duckdb.connect()
    connection.execute(
        f"""CREATE TABLE purchase AS SELECT customer_id::BIGINT AS customer, invoice_ts::DATE - DATE '2009-12-01' AS day,
            sum(quantity * price) AS money, sum(quantity) AS items FROM '{DATA}/online_retail_ii/lines.parquet'
        WHERE customer_id IS NOT NULL AND quantity > 0 AND price > 0 AND NOT (sheet = '2009-2010' AND invoice_ts >= '2010-12-01')
        GROUP BY customer_id, invoice, invoice_ts::DATE"""
    )
    last = (date(2011, 9, 10) - date(2009, 12, 1)).days
    origins = list(range(last - 30 * 15, last + 1, 30))
    table, origin = _snapshots(connection, origins, 365)
    return _forward("online_retail_ii", table, origin, [13, 14, 15], mature=3, newest=7)


def _cdnow() -> Task:
    purchases = read("cdnow/transactions.csv.gz")
    connection = duckdb.connect()
    connection.register("given", purchases)
    connection.execute(
        "CREATE TABLE purchase AS SELECT customer_id AS customer, date::DATE - DATE '1997-01-01' AS day, sum(amount) AS money,"
        " sum(cds) AS items FROM given GROUP BY 1, 2"
    )
    last = (date(1998, 6, 30) - date(1997, 1, 1)).days - HORIZON
    origins = list(range(last - 30 * 9, last + 1, 30))
    table, origin = _snapshots(connection, origins, 180)
    return _forward("cdnow", table, origin, [8, 9], mature=3, newest=5)


def _olist() -> Task:
    panel = read("olist_b2b/seller_quarter_panel.csv.gz")
    quarter = np.array([str(value) for value in panel["seller_active_quarter"].to_pylist()])
    y = np.array([str(value).lower() == "true" for value in panel["is_churn"].to_pylist()], dtype=np.int64)
    names, origin = np.unique(quarter, return_inverse=True)
    late = int(np.flatnonzero(names == "2018Q1")[0])
    outer = {"2018Q1": Split(np.flatnonzero(origin < late), np.flatnonzero(origin == late))}
    data = panel.drop_columns(["is_churn", "seller_id", "seller_active_quarter", "year"])
    groups = np.array(panel["seller_id"].to_pylist())
    recency = -panel["last_month_active_quarter"].to_numpy().astype(np.float64)
    return Task("olist_b2b", data, y, outer, groups, origin, 1, {"recency": recency})


OULAD = """
    WITH enrolled AS (
        SELECT r.code_module || r.id_student AS student, r.code_presentation AS presentation, r.date_registration, r.date_unregistration,
               i.* EXCLUDE (code_presentation, final_result), v.pre_course_clicks, v.pre_course_interaction_rows
        FROM registration r JOIN info i USING (code_module, code_presentation, id_student)
        LEFT JOIN clicks v USING (code_module, code_presentation, id_student)),
    handed AS (
        SELECT a.code_module, a.code_presentation, s.id_student, a.date AS due, a.weight, s.date_submitted AS handed, s.score
        FROM submission s JOIN assessment a USING (id_assessment) WHERE s.is_banked = 0),
    day AS (SELECT unnest(range(14, 211, 14)) AS t)
    SELECT e.student, e.presentation, d.t AS day, CAST(coalesce(e.date_unregistration <= d.t + 30, FALSE) AS INTEGER) AS lost,
        e.code_module, e.gender, e.region, e.highest_education, e.imd_band, e.age_band, e.num_of_prev_attempts, e.studied_credits,
        e.disability, e.date_registration, e.pre_course_clicks, e.pre_course_interaction_rows,
        coalesce(any_value(d.t) - max(h.handed), any_value(d.t) + 30) AS recency,
        count(h.handed) AS handed_in, avg(h.score) AS mean_score, arg_max(h.score, h.handed) AS last_score,
        min(h.score) AS worst_score, avg(h.handed - h.due) AS mean_delay, arg_max(h.handed - h.due, h.handed) AS last_delay,
        count(h.handed) FILTER (h.handed > d.t - 28) AS handed_28,
        any_value(o.due_so_far) - count(h.handed) AS missed, any_value(o.due_so_far) AS due_so_far,
        any_value(o.next_due - d.t) AS days_to_next,
        any_value(d.t - o.last_due) AS days_since_due
    FROM enrolled e CROSS JOIN day d
    LEFT JOIN handed h ON h.code_module = e.code_module AND h.code_presentation = e.presentation AND h.id_student = e.id_student
        AND h.handed <= d.t
    LEFT JOIN (
        SELECT code_module, code_presentation, t, count(*) FILTER (date <= t) AS due_so_far, min(date) FILTER (date > t) AS next_due,
            max(date) FILTER (date <= t) AS last_due
        FROM assessment CROSS JOIN day GROUP BY ALL) o
        ON o.code_module = e.code_module AND o.code_presentation = e.presentation AND o.t = d.t
    WHERE e.date_registration <= d.t AND coalesce(e.date_unregistration > d.t, TRUE)
    GROUP BY ALL ORDER BY 1, 2, 3
"""


def _oulad() -> Task:
    connection = duckdb.connect()
    for name, file in {
        "registration": "studentRegistration",
        "info": "studentInfo",
        "assessment": "assessments",
        "clicks": "vlePreCourse",
    }.items():
        connection.register(name, read(f"oulad_2013/{file}.csv.gz"))
    connection.register("submission", read("oulad_2013/studentAssessment.csv.gz"))
    table = connection.execute(OULAD).to_arrow_table()
    presentation = np.array(table["presentation"].to_pylist())
    outer = {"2013J": Split(np.flatnonzero(presentation == "2013B"), np.flatnonzero(presentation == "2013J"))}
    y = table["lost"].to_numpy().astype(np.int64)
    recency = table["recency"].to_numpy().astype(np.float64)
    groups = np.array(table["student"].to_pylist())
    data = table.drop_columns(["lost", "student", "presentation"])
    return Task("oulad_2013", data, y, outer, groups, None, 0, {"recency": recency})


IN_TIME: Mapping[str, Callable[[], Task]] = {"oulad_2013": _oulad, "olist_b2b": _olist, "online_retail_ii": _retail, "cdnow": _cdnow}
