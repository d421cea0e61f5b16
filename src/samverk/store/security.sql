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

-- Who is asking, as the door has signed it; nothing when it is forged, stale or another connection's.
CREATE OR REPLACE FUNCTION samverk_told() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    said text := nullif(current_setting('samverk.identity', true), '');
    body text;
    told jsonb;
BEGIN
    IF said IS NULL OR position('.' IN said) = 0 THEN RETURN NULL; END IF;
    body := substr(said, position('.' IN said) + 1);
    IF NOT EXISTS (
        SELECT 1 FROM samverk_key k
        WHERE encode(hmac(convert_to(body, 'UTF8'), k.key, 'sha256'), 'hex') = split_part(said, '.', 1)
    ) THEN RETURN NULL; END IF;
    told := body::jsonb;
    IF (told ->> 'pid')::int <> pg_backend_pid() OR (told ->> 'until')::timestamptz < clock_timestamp() THEN
        RETURN NULL;
    END IF;
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

-- The rule, for one item and the one who asks. A function and not an expression in the policy: its plan is kept, while
-- the expression was planned anew, with all its parts, in each query (7 ms for an item, 44 ms for a part of a part).
-- Names are written out in full instead of SET search_path, which would cost as much as the rule.
CREATE OR REPLACE FUNCTION samverk_sees(
    told jsonb, item uuid, about uuid, its_case uuid, its_owner uuid, its_unit uuid, its_category text, other boolean
) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
    me uuid := (told ->> 'account')::uuid;
    mine uuid := (told ->> 'party')::uuid;
    moment timestamptz := coalesce((told ->> 'at')::timestamptz, clock_timestamp());
    covered boolean;
BEGIN
    IF told IS NULL THEN RETURN false; END IF;
    IF (told ->> 'system')::boolean THEN RETURN true; END IF;
    IF told ->> 'person' IS NOT NULL THEN
        RETURN about = (told ->> 'person')::uuid AND NOT other;
    END IF;
    IF me IS NULL OR mine IS NULL THEN RETURN false; END IF;

    -- The item is the party's own, and within its own walls.
    covered := its_owner IS NOT DISTINCT FROM mine AND (
        its_unit IS NULL
        OR its_unit IS NOT DISTINCT FROM (told ->> 'unit')::uuid
        OR NOT EXISTS (SELECT FROM public.store_unit u WHERE u.id = its_unit AND u.closed)
    );
    -- Or she has said yes to just this, and not no.
    covered := covered OR coalesce((
        SELECT bool_and(NOT c.refused)
        FROM public.store_consent c
        WHERE c.person_id = about AND c.receiver_id = mine
          AND c.giver_id IS NOT DISTINCT FROM its_owner
          AND c.category = its_category
          AND c.purpose = told ->> 'purpose'
          AND moment >= c.starts_at
          AND moment < least(c.stops_at, coalesce(c.ended_at, c.stops_at))
    ), false);
    -- Or the law lets out exactly this item.
    covered := covered OR EXISTS (
        SELECT FROM public.store_legalground g
        WHERE g.item_id = item AND g.receiver_id = mine
          AND moment >= g.starts_at AND coalesce(moment < g.ended_at, true)
    );
    IF NOT covered THEN RETURN false; END IF;

    IF NOT EXISTS (
        SELECT FROM public.store_person p
        WHERE p.id = about AND (
            p.protection = ANY (ARRAY['none', 'secrecy_marking'])
            OR EXISTS (SELECT FROM public.store_clearance c WHERE c.person_id = p.id AND c.party_id = mine)
        )
    ) THEN RETURN false; END IF;

    RETURN EXISTS (
        SELECT FROM public.store_assignment a
        WHERE a.case_id = its_case AND a.party_id = mine
          AND moment >= a.since AND coalesce(moment < a.until, true)
          AND (a.account_id = me OR EXISTS (
              SELECT FROM public.store_substitution s
              WHERE s.absent_id = a.account_id AND s.substitute_id = me AND s.party_id = mine
                AND moment >= s.since AND moment < least(s.until, coalesce(s.ended_at, s.until))
          ))
    ) OR EXISTS (
        SELECT FROM public.store_programmerole r JOIN public.store_case k ON k.programme_id = r.programme_id
        WHERE k.id = its_case AND r.role = ANY (ARRAY['coordinator', 'team'])
          AND (r.account_id = me OR EXISTS (
              SELECT FROM public.store_substitution s
              WHERE s.absent_id = r.account_id AND s.substitute_id = me AND s.party_id = mine
                AND moment >= s.since AND moment < least(s.until, coalesce(s.ended_at, s.until))
          ))
    ) OR EXISTS (
        SELECT FROM public.store_emergencyaccess e
        WHERE e.case_id = its_case AND e.account_id = me AND e.party_id = mine
          AND moment >= e.approved_at AND moment < least(e.until, coalesce(e.ended_at, e.until))
    );
END $$;

ALTER TABLE store_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE store_item FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS owner ON store_item;
DROP POLICY IF EXISTS seen ON store_item;
DROP POLICY IF EXISTS written ON store_item;
DROP POLICY IF EXISTS changed ON store_item;
CREATE POLICY owner ON store_item TO {owner} USING (true) WITH CHECK (true);

-- Seen by the rule; or, in the case or programme at hand, of a kind that the act has to read whole (access/whole.py).
CREATE POLICY seen ON store_item FOR SELECT TO samverk_app USING (
    (
        kind = ANY (ARRAY(SELECT jsonb_array_elements_text((SELECT samverk_told()) -> 'whole')))
        AND (
            case_id = (SELECT samverk_id('case'))
            OR case_id IN (SELECT k.id FROM store_case k WHERE k.programme_id = (SELECT samverk_id('programme')))
        )
    )
    OR samverk_sees((SELECT samverk_told()), id, person_id, case_id, owner_id, unit_id, category, about_other)
);

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
CREATE POLICY changed ON store_item FOR UPDATE TO samverk_app USING (
    (
        kind = ANY (ARRAY(SELECT jsonb_array_elements_text((SELECT samverk_told()) -> 'whole')))
        AND (
            case_id = (SELECT samverk_id('case'))
            OR case_id IN (SELECT k.id FROM store_case k WHERE k.programme_id = (SELECT samverk_id('programme')))
        )
    )
    OR samverk_sees((SELECT samverk_told()), id, person_id, case_id, owner_id, unit_id, category, about_other)
) WITH CHECK (true);

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
    (SELECT samverk_may('system'))
    OR person_id = (SELECT samverk_id('person'))
    OR receiver_id = (SELECT samverk_id('party'))
    OR giver_id = (SELECT samverk_id('party'))
);
CREATE POLICY written ON store_consent TO samverk_app USING (
    (SELECT samverk_may('system')) OR ((SELECT samverk_may('sight')) AND person_id = (SELECT samverk_her()))
) WITH CHECK (
    (SELECT samverk_may('system')) OR ((SELECT samverk_may('sight')) AND person_id = (SELECT samverk_her()))
);

ALTER TABLE store_attachment ENABLE ROW LEVEL SECURITY;
ALTER TABLE store_attachment FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS owner ON store_attachment;
DROP POLICY IF EXISTS seen ON store_attachment;
DROP POLICY IF EXISTS written ON store_attachment;
CREATE POLICY owner ON store_attachment TO {owner} USING (true) WITH CHECK (true);
CREATE POLICY seen ON store_attachment FOR SELECT TO samverk_app USING (
    (SELECT samverk_may('system'))
    OR person_id = (SELECT samverk_id('person'))
    OR EXISTS (
        SELECT FROM store_consentdocument d JOIN store_consent c ON c.document_id = d.id
        WHERE d.scan_id = store_attachment.id AND (SELECT samverk_id('party')) IN (c.giver_id, c.receiver_id)
    )
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

ALTER TABLE store_emergencyaccess ENABLE ROW LEVEL SECURITY;
ALTER TABLE store_emergencyaccess FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS owner ON store_emergencyaccess;
DROP POLICY IF EXISTS seen ON store_emergencyaccess;
CREATE POLICY owner ON store_emergencyaccess TO {owner} USING (true) WITH CHECK (true);
CREATE POLICY seen ON store_emergencyaccess TO samverk_app USING (
    (SELECT samverk_may('system'))
    OR person_id = (SELECT samverk_id('person'))
    OR party_id = (SELECT samverk_id('party'))
);
