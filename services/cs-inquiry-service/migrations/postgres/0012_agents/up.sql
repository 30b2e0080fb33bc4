-- Who works at the desk is found by what they have done: each agent's last step is the end of a range.
CREATE INDEX counsel_history_by_agent ON counsel_history (user_id, dtm)
    WHERE act_cd IN ('START', 'RELEASE', 'ASSIGN', 'ANSWER');
