-- The second lock: PostgreSQL's own statement of the rule of the door (domain/consent.py has it in words).
-- Written apart from store/visible.py on purpose: each is tested alone, and a mistake in one is caught by the other.
-- Run again after every migration, by the owner of the tables.

CREATE EXTENSION IF NOT EXISTS pgcrypto;

DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'samverk_app') THEN
        CREATE ROLE samverk_app NOLOGIN NOINHERIT;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'samverk_web') THEN
        CREATE ROLE samverk_web NOLOGIN NOINHERIT;
        GRANT samverk_app TO samverk_web;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

CREATE TABLE IF NOT EXISTS samverk_key (key bytea NOT NULL);

-- Who is asking, as the door has signed it; nothing when it is forged, stale or another connection's. Asked several
-- times in each query. Tables, types and what is not PostgreSQL's own are written out in full here and in the rule,
-- where SET search_path would cost a third; and the door's role can make nothing that would be found in their place.
CREATE OR REPLACE FUNCTION samverk_told() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
    said pg_catalog.text := nullif(current_setting('samverk.identity', true), '');
    body pg_catalog.text;
    told pg_catalog.jsonb;
BEGIN
    IF said IS NULL OR position('.' IN said) = 0 THEN RETURN NULL; END IF;
    body := substr(said, position('.' IN said) + 1);
    IF NOT EXISTS (
        SELECT 1 FROM public.samverk_key k
        WHERE encode(public.hmac(convert_to(body, 'UTF8'), k.key, 'sha256'), 'hex') = split_part(said, '.', 1)
    ) THEN RETURN NULL; END IF;
    told := body::pg_catalog.jsonb;
    IF (told ->> 'pid')::pg_catalog.int4 <> pg_backend_pid()
        OR (told ->> 'until')::pg_catalog.timestamptz < clock_timestamp()
    THEN RETURN NULL; END IF;
    RETURN told;
END $$;

CREATE OR REPLACE FUNCTION samverk_id(what text) RETURNS uuid
LANGUAGE sql STABLE AS $$ SELECT (samverk_told() ->> what)::uuid $$;

CREATE OR REPLACE FUNCTION samverk_may(what text) RETURNS boolean
LANGUAGE sql STABLE AS $$ SELECT coalesce((samverk_told() ->> what)::boolean, false) $$;

-- The door's lock: whoever reads about her holds it together with others, whoever changes who may read holds it alone.
-- So nothing is read after a withdrawal has been answered. 0 is for lists, which are about many; 1 is held by everybody,
-- and alone by what changes sight without a case at hand: a substitute, an emergency, a protected identity.
CREATE OR REPLACE FUNCTION samverk_hold(about uuid, alone boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    her bigint := (SELECT hashtextextended(person_id::text, 1) FROM store_case WHERE id = about);
BEGIN
    IF alone AND her IS NULL THEN
        PERFORM pg_advisory_xact_lock(1);
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(1);
    IF alone THEN
        PERFORM pg_advisory_xact_lock(her);
        PERFORM pg_advisory_xact_lock(0);
    ELSE
        PERFORM pg_advisory_xact_lock_shared(coalesce(her, 0));
    END IF;
END $$;

-- Whether the one who asks has written this item's envelope herself: it may be for someone else to read.
CREATE OR REPLACE FUNCTION samverk_wrote(item uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM store_item i WHERE i.id = item AND i.created_by_id = samverk_id('account'))
$$;

-- Whether a party has written anything in a case: asked before a colleague without need to know is let in.
CREATE OR REPLACE FUNCTION samverk_has_written(its_case uuid, party uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM store_item i WHERE i.case_id = its_case AND i.owner_id = party)
$$;

-- What the team may know of a referral that it may not open: that one waits, since when, and from whom (design.md).
CREATE OR REPLACE FUNCTION samverk_waiting(of_programme uuid)
RETURNS TABLE (item uuid, status text, since timestamptz, owner uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.item_id, r.status, k.opened_at, i.owner_id
    FROM store_referral r JOIN store_item i ON i.id = r.item_id JOIN store_case k ON k.id = i.case_id
    WHERE k.programme_id = of_programme
      AND ((r.status IN ('sent', 'asked') AND k.status = 'referred') OR k.status = 'offered')
$$;

CREATE OR REPLACE FUNCTION samverk_sent_to(of_programme uuid) RETURNS integer
LANGUAGE sql STABLE AS $$
    SELECT count(*)::integer FROM samverk_waiting(of_programme) w WHERE w.status = 'sent'
$$;

-- Who may read what of a party's own, or of the person's: asked before something is put where a party cannot read it.
CREATE OR REPLACE FUNCTION samverk_readers(about uuid, from_giver uuid, moment timestamptz)
RETURNS TABLE (receiver uuid, category text, refused boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.receiver_id, c.category, c.refused FROM store_consent c
    WHERE c.person_id = about AND c.giver_id IS NOT DISTINCT FROM from_giver AND c.purpose = 'support'
      AND (from_giver IS NULL OR from_giver = samverk_id('party') OR about = samverk_id('person'))
      AND moment >= c.starts_at AND moment < least(c.stops_at, coalesce(c.ended_at, c.stops_at))
$$;

-- The rule as sets: what the one who asks may see is asked once in a query, not once for each row. Functions, since
-- their plans are kept. They read for themselves who asks, so that nobody can ask for somebody else; an act on a case
-- is told of that person's cases alone, unless it has to look for the same person elsewhere (Act.looks_beyond).

-- The cases that she has a need to know of, of people whose protection admits her party.
CREATE OR REPLACE FUNCTION samverk_my_cases() RETURNS TABLE (its_case uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 AS $$
DECLARE
    told pg_catalog.jsonb := public.samverk_told();
    me pg_catalog.uuid := (told ->> 'account')::pg_catalog.uuid;
    mine pg_catalog.uuid := (told ->> 'party')::pg_catalog.uuid;
    moment pg_catalog.timestamptz := coalesce((told ->> 'at')::pg_catalog.timestamptz, clock_timestamp());
    her pg_catalog.uuid := (
        SELECT k.person_id FROM public.store_case k
        WHERE k.id = (told ->> 'case')::pg_catalog.uuid AND told ->> 'beyond' IS NULL
    );
    us pg_catalog.uuid[];
BEGIN
    IF me IS NULL OR mine IS NULL OR told ->> 'person' IS NOT NULL THEN RETURN; END IF;
    us := array_append(ARRAY(
        SELECT s.absent_id FROM public.store_substitution s
        WHERE s.substitute_id = me AND s.party_id = mine
          AND moment >= s.since AND moment < least(s.until, coalesce(s.ended_at, s.until))
    ), me);
    RETURN QUERY
        SELECT k.id FROM public.store_case k JOIN public.store_person p ON p.id = k.person_id
        WHERE (her IS NULL OR k.person_id = her)
        AND k.id IN (
            SELECT a.case_id FROM public.store_assignment a
            WHERE a.account_id = ANY (us) AND a.party_id = mine
              AND moment >= a.since AND coalesce(moment < a.until, true)
            UNION
            SELECT c.id FROM public.store_programmerole r JOIN public.store_case c ON c.programme_id = r.programme_id
            WHERE r.account_id = ANY (us) AND r.role = ANY (ARRAY['coordinator', 'team'])
            UNION
            SELECT e.case_id FROM public.store_emergencyaccess e
            WHERE e.account_id = me AND e.party_id = mine
              AND moment >= e.approved_at AND moment < least(e.until, coalesce(e.ended_at, e.until))
        )
        AND (
            p.protection = ANY (ARRAY['none', 'secrecy_marking'])
            OR EXISTS (SELECT FROM public.store_clearance c WHERE c.person_id = p.id AND c.party_id = mine)
        );
END $$;

-- What her party owns, within its walls: (party, party) for what no unit wrote, (party, unit) for its open units and
-- hers.
CREATE OR REPLACE FUNCTION samverk_my_walls() RETURNS TABLE (its_owner uuid, its_unit uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 AS $$
DECLARE
    told pg_catalog.jsonb := public.samverk_told();
    mine pg_catalog.uuid := (told ->> 'party')::pg_catalog.uuid;
BEGIN
    RETURN QUERY
        SELECT mine, mine
        UNION ALL
        SELECT mine, u.id FROM public.store_unit u
        WHERE u.party_id = mine AND (NOT u.closed OR u.id = (told ->> 'unit')::pg_catalog.uuid);
END $$;

-- Of whom in those cases, whose and what her party may read: the person has said yes to just this, and not no. What is
-- the person's own is hers: no party has a person's id.
CREATE OR REPLACE FUNCTION samverk_her_yes() RETURNS TABLE (about uuid, its_owner uuid, its_category varchar)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 200 AS $$
DECLARE
    told pg_catalog.jsonb := public.samverk_told();
    moment pg_catalog.timestamptz := coalesce((told ->> 'at')::pg_catalog.timestamptz, clock_timestamp());
BEGIN
    RETURN QUERY
        SELECT c.person_id, coalesce(c.giver_id, c.person_id), c.category FROM public.store_consent c
        WHERE c.receiver_id = (told ->> 'party')::pg_catalog.uuid AND c.purpose = told ->> 'purpose'
          AND c.person_id IN (
              SELECT k.person_id FROM public.store_case k WHERE k.id IN (SELECT public.samverk_my_cases())
          )
          AND moment >= c.starts_at AND moment < least(c.stops_at, coalesce(c.ended_at, c.stops_at))
        GROUP BY c.person_id, c.giver_id, c.category
        HAVING bool_and(NOT c.refused);
END $$;

CREATE OR REPLACE FUNCTION samverk_moment() RETURNS timestamptz
LANGUAGE sql STABLE AS $$ SELECT coalesce((samverk_told() ->> 'at')::timestamptz, clock_timestamp()) $$;

ALTER TABLE store_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE store_item FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS owner ON store_item;
DROP POLICY IF EXISTS seen ON store_item;
DROP POLICY IF EXISTS written ON store_item;
DROP POLICY IF EXISTS changed ON store_item;
CREATE POLICY owner ON store_item TO {owner} USING (true) WITH CHECK (true);

-- Who sees what stands in store/security.py, since it is said in two policies.
CREATE POLICY seen ON store_item FOR SELECT TO samverk_app USING ({seen});

-- An official writes in her own name, for her party or for the participant; the participant for herself. A work place
-- reports absence to the contact person, whose party owns the report.
CREATE POLICY written ON store_item FOR INSERT TO samverk_app WITH CHECK (
    (SELECT samverk_may('system'))
    OR person_id = (SELECT samverk_id('person'))
    OR (
        created_by_id = (SELECT samverk_id('account'))
        AND (owner_id IS NULL OR owner_id = (SELECT samverk_id('party')) OR kind = 'absence')
    )
);
-- Only what is seen is changed: an UPDATE that reads no column asks no other policy. Whose an item is, and about whom,
-- cannot be changed at all, and none is removed (store/security.py grants three columns).
CREATE POLICY changed ON store_item FOR UPDATE TO samverk_app USING ({seen}) WITH CHECK (true);

-- The person at hand.
CREATE OR REPLACE FUNCTION samverk_her() RETURNS uuid
LANGUAGE sql STABLE AS $$ SELECT k.person_id FROM public.store_case k WHERE k.id = samverk_id('case') $$;

-- A party sees the consents in which it gives or receives; an act that changes who may read, all that the person at
-- hand has said, and it alone writes there.
ALTER TABLE store_consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE store_consent FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS owner ON store_consent;
DROP POLICY IF EXISTS seen ON store_consent;
DROP POLICY IF EXISTS written ON store_consent;
CREATE POLICY owner ON store_consent TO {owner} USING (true) WITH CHECK (true);
CREATE POLICY seen ON store_consent FOR SELECT TO samverk_app USING (
    receiver_id = (SELECT samverk_id('party'))
    OR giver_id = (SELECT samverk_id('party'))
    OR person_id = (SELECT samverk_id('person'))
    OR (SELECT samverk_may('system'))
);
CREATE POLICY written ON store_consent TO samverk_app USING (
    (SELECT samverk_may('system')) OR ((SELECT samverk_may('sight')) AND person_id = (SELECT samverk_her()))
) WITH CHECK (
    (SELECT samverk_may('system')) OR ((SELECT samverk_may('sight')) AND person_id = (SELECT samverk_her()))
);

-- A party opens the signed paper only when nothing on it is about other parties alone. The owner answers: she who asks
-- cannot see what else is on it.
CREATE OR REPLACE FUNCTION samverk_may_open(scan uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(bool_and(coalesce(samverk_id('party') IN (c.giver_id, c.receiver_id), false)), false)
    FROM store_consentdocument d JOIN store_consent c ON c.document_id = d.id
    WHERE d.scan_id = scan
$$;

ALTER TABLE store_attachment ENABLE ROW LEVEL SECURITY;
ALTER TABLE store_attachment FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS owner ON store_attachment;
DROP POLICY IF EXISTS seen ON store_attachment;
DROP POLICY IF EXISTS written ON store_attachment;
CREATE POLICY owner ON store_attachment TO {owner} USING (true) WITH CHECK (true);
CREATE POLICY seen ON store_attachment FOR SELECT TO samverk_app USING (
    (SELECT samverk_may('system'))
    OR person_id = (SELECT samverk_id('person'))
    OR samverk_may_open(id)
);
CREATE POLICY written ON store_attachment FOR INSERT TO samverk_app WITH CHECK (
    (SELECT samverk_may('system')) OR (SELECT samverk_may('sight'))
);

-- A look stands in the log of the person it was at, and of the party whose official looked.
ALTER TABLE store_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE store_event FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS owner ON store_event;
DROP POLICY IF EXISTS seen ON store_event;
DROP POLICY IF EXISTS written ON store_event;
CREATE POLICY owner ON store_event TO {owner} USING (true) WITH CHECK (true);
CREATE POLICY seen ON store_event FOR SELECT TO samverk_app USING (
    (SELECT samverk_may('system'))
    OR person = (SELECT samverk_id('person'))
    OR party = (SELECT samverk_id('party'))
    OR EXISTS (SELECT FROM store_eventabout a WHERE a.event = store_event.id AND a.person = (SELECT samverk_id('person')))
);
CREATE POLICY written ON store_event FOR INSERT TO samverk_app WITH CHECK (true);

-- Asked for by anyone of the party, without an answer; answered and ended by acts that say so; read by the person herself.
ALTER TABLE store_emergencyaccess ENABLE ROW LEVEL SECURITY;
ALTER TABLE store_emergencyaccess FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS owner ON store_emergencyaccess;
DROP POLICY IF EXISTS seen ON store_emergencyaccess;
DROP POLICY IF EXISTS asked ON store_emergencyaccess;
DROP POLICY IF EXISTS answered ON store_emergencyaccess;
CREATE POLICY owner ON store_emergencyaccess TO {owner} USING (true) WITH CHECK (true);
CREATE POLICY seen ON store_emergencyaccess FOR SELECT TO samverk_app USING (
    (SELECT samverk_may('system'))
    OR person_id = (SELECT samverk_id('person'))
    OR party_id = (SELECT samverk_id('party'))
);
CREATE POLICY asked ON store_emergencyaccess FOR INSERT TO samverk_app WITH CHECK (
    party_id = (SELECT samverk_id('party')) AND approved_at IS NULL
);
CREATE POLICY answered ON store_emergencyaccess FOR UPDATE TO samverk_app USING (
    (SELECT samverk_may('system'))
    OR person_id = (SELECT samverk_id('person'))
    OR (party_id = (SELECT samverk_id('party')) AND (SELECT samverk_may('sight')))
);
