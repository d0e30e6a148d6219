-- A database as reminders found and left it: one account with something in every table.
INSERT INTO account VALUES ('a1', 'ana', 'hash', 'code', 'Ana', 'America/New_York', '{"people": [], "after_hours": ""}', '2026-11-01 09:00:00');
INSERT INTO login_session VALUES ('s1', 'a1', 'token-1', 'Chrome, Android', '2026-11-01 09:00:00', '2026-11-02 09:00:00');
INSERT INTO plan VALUES ('a1', 'p1', false, '{}', '2026-11-01 09:05:00');
INSERT INTO plan_event VALUES ('a1', 'p1', 1, '{}', '2026-11-01 09:06:00');
INSERT INTO entry VALUES ('a1', 'e1', 1, 'note', '2026-11-01 10:00:00', '2026-11-01T05:00:00-05:00', 'America/New_York', '{"note": "ü"}', NULL, NULL, '2026-11-01 10:00:01');
INSERT INTO entry VALUES ('a1', 'e2', 2, 'flare', '2026-11-01 11:00:00', '2026-11-01T06:00:00-05:00', 'America/New_York', '{}', 'e1', true, '2026-11-01 11:00:01');
INSERT INTO share VALUES ('h1', 'a1', 'Sam', '["flares"]', 'token-2', '2026-11-01 12:00:00', '2026-11-08 12:00:00', NULL);
INSERT INTO share_opening VALUES ('token-3', 'h1', '2026-11-01 13:00:00', '2026-11-01 13:30:00');
INSERT INTO share_view VALUES (1, 'h1', '2026-11-01 13:00:00', 'opened');
INSERT INTO audit VALUES (1, 'a1', '2026-11-01 09:00:00', 'signed_up');
INSERT INTO invite VALUES ('code-1', '2026-10-01 09:00:00', NULL);
INSERT INTO reminder VALUES ('a1', 'r1', 'dose', '08:00', '2026-11-01 09:00:00');
INSERT INTO quiet_hours VALUES ('a1', '22:00', '07:00');
INSERT INTO push_subscription VALUES ('s1', 'a1', 'https://push.example/1', 'key', 'auth', '2026-11-01 09:00:00');
INSERT INTO reminder_sending VALUES ('g1', 'a1', 'r1', '2026-11-02', 0, '2026-11-02 13:00:00', '2026-11-02 13:00:00', 0, NULL, false, 'open');
INSERT INTO calendar_feed VALUES ('a1', 'token-4', '2026-11-01 09:00:00');
