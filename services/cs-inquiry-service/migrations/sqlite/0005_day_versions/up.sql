-- A version per Korean day. It grows with every change of what lists of the day's inquiries are filtered by, so whoever has
-- counted some of them may keep the count for as long as the version stands: it is what is folded here and what is not yet.
-- Changes are put down row by row, so that no two writers wait for one version, and folded together later.
-- A step is of chance: a database that lost its last commits and went on would come to the same number with other inquiries.
CREATE TABLE counsel_day_version (
    accp_dt DATE   NOT NULL PRIMARY KEY,
    changes BIGINT NOT NULL
);
CREATE TABLE counsel_day_change (
    seq     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    accp_dt DATE   NOT NULL,
    step    BIGINT NOT NULL DEFAULT (1 + abs(random() % 1000000)) CHECK (step > 0)
);

CREATE TRIGGER counsel_day_changed_in AFTER INSERT ON counsel WHEN NEW.del_dtm IS NULL
BEGIN
    INSERT INTO counsel_day_change (accp_dt) VALUES (NEW.accp_dt);
END;
CREATE TRIGGER counsel_day_changed_out AFTER DELETE ON counsel WHEN OLD.del_dtm IS NULL
BEGIN
    INSERT INTO counsel_day_change (accp_dt) VALUES (OLD.accp_dt);
END;
CREATE TRIGGER counsel_day_changed_over
    AFTER UPDATE OF title_fold, accp_dtm, accp_dt, cnsl_stat_cd, cnsl_typ_no, proc_user_id, mbr_no, ord_no, del_dtm
    ON counsel
WHEN (OLD.del_dtm IS NULL OR NEW.del_dtm IS NULL) AND
    (OLD.title_fold, OLD.accp_dtm, OLD.accp_dt, OLD.cnsl_stat_cd, OLD.cnsl_typ_no, OLD.proc_user_id, OLD.mbr_no,
        OLD.ord_no, OLD.del_dtm IS NULL)
    IS NOT
    (NEW.title_fold, NEW.accp_dtm, NEW.accp_dt, NEW.cnsl_stat_cd, NEW.cnsl_typ_no, NEW.proc_user_id, NEW.mbr_no,
        NEW.ord_no, NEW.del_dtm IS NULL)
BEGIN
    -- One row where both days are the same.
    INSERT INTO counsel_day_change (accp_dt) SELECT OLD.accp_dt UNION SELECT NEW.accp_dt;
END;
