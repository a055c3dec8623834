/*
 * The membership protocol of shared sessions (dll/mapi32/membership), for spin; README.md says how it is checked.
 *
 * PROCS programs, each of them started LIVES times under the same process identifier. In each life a program joins the
 * shared session, or makes it, hears what others tell it, and logs off plainly or SHARED; it may die at every step. At
 * the end, when nobody is left, an observer looks at the record. Of all programs together DEATHS die.
 *
 * Each of the MISTAKE_ switches puts in one mistake that spin has to find.
 */
#ifndef PROCS
#define PROCS 3
#endif
#ifndef LIVES
#define LIVES 2
#endif
#ifndef DEATHS
#define DEATHS 2
#endif
#define SLOTS PROCS
#define SESSIONS (PROCS * LIVES + 1)
#define NOBODY PROCS

/* ---- the record: what is in shared memory, and the mutex ---- */

typedef Slot
{
    bit used;
    bit whole;    /* the checksum fits */
    byte session; /* 0: none */
    byte process; /* and its life: identifier and start time */
    byte life;
    byte told;
}

Slot slot[SLOTS];
byte newest; /* session number in the header */
bit is_open;
byte owner = NOBODY; /* of the mutex */
bit abandoned;       /* its last owner died with it */

/* ---- the programs, as the system knows them ---- */

byte deaths;
byte life[PROCS];  /* how often it was started */
bit running[PROCS];
bit event[PROCS];  /* the watcher's */
bit reading[PROCS]; /* the watcher has been woken and will look at the counters */

/* ---- ghosts: what should be so ---- */

bit closed[SESSIONS];  /* a SHARED log-off closed it */
byte due[PROCS];       /* SHARED log-offs that happened while this life was a member */
byte unsure[PROCS];    /* of them: the one that told died on the way */
byte heard[PROCS];
byte place[PROCS];     /* its slot; SLOTS: not a member */
bit member[PROCS];

/* A member's process is there: same identifier, same start. */
#ifdef MISTAKE_IDENTIFIER_ALONE
#define ALIVE(s) (running[slot[s].process])
#else
#define ALIVE(s) (running[slot[s].process] && life[slot[s].process] == slot[s].life)
#endif
#define READABLE(s) (slot[s].used && slot[s].whole && slot[s].session)

/* What a program that is gone has known makes no difference any more. */
inline forget()
{
    d_step
    {
        due[me] = 0;
        unsure[me] = 0;
        heard[me] = 0;
        event[me] = 0;
        reading[me] = 0;
        place[me] = 0;
        i = 0;
        offer = 0;
        again = 0;
        at = 0;
        mine = 0
    }
}

/* A slot that is free says nothing. */
inline free(s)
{
    slot[s].used = 0;
    slot[s].whole = 0;
    slot[s].session = 0;
    slot[s].process = 0;
    slot[s].life = 0;
    slot[s].told = 0
}

/* The program dies here, with whatever it holds: the system closes its handles. */
inline die()
{
    atomic
    {
        deaths++;
        running[me] = 0;
        member[me] = 0;
        forget();
        if
        :: owner == me ->
#ifndef MISTAKE_LOCK_LOST
            owner = NOBODY;
#endif
            abandoned = 1
        :: else
        fi;
        goto dead
    }
}

#define STEP if :: skip :: deaths < DEATHS -> die() fi

/* Looks for an open session with a living member, into found. One step: under the lock nothing changes meanwhile, and
 * what is seen without it is looked at again. */
inline look(found)
{
    skip;
    d_step
    {
        found = 0;
        i = 0;
        do
        :: i < SLOTS ->
            if
            :: is_open && READABLE(i) && slot[i].session == newest && ALIVE(i) -> found = newest
            :: else
            fi;
            i++
        :: else -> break
        od;
        i = 0
    }
}

/* Takes the mutex. After an owner's death the slots are gone through, and everybody is woken. */
inline lock()
{
    atomic
    {
        owner == NOBODY -> owner = me
    }
    if
    :: abandoned ->
        i = 0;
        do
        :: i < SLOTS ->
            atomic
            {
                if
                :: !READABLE(i) || !ALIVE(i) -> free(i)
                :: else ->
#ifndef MISTAKE_NO_WAKE
                    event[slot[i].process] = 1
#else
                    skip
#endif
#ifdef MISTAKE_TELLS_AGAIN
                    ; slot[i].told++
#endif
                fi
            }
            STEP;
            i++
        :: else -> break
        od;
        abandoned = 0;
        i = 0
    :: else
    fi;
    /* No member sleeps on something that it has been told and has not heard. */
    atomic
    {
        i = 0;
        do
        :: i < PROCS ->
            assert(!member[i] || slot[place[i]].told == heard[i] || event[i] || reading[i]);
            i++
        :: else -> break
        od;
        i = 0
    }
}

inline unlock()
{
    atomic
    {
        assert(owner == me);
        owner = NOBODY
    }
}

/* With the lock: frees the slots of the dead. */
inline reap()
{
    skip;
    d_step
    {
        i = 0;
        do
        :: i < SLOTS ->
            if
            :: slot[i].used && (!READABLE(i) || !ALIVE(i)) -> free(i)
            :: else
            fi;
            i++
        :: else -> break
        od;
        i = 0
    }
}

/* With the lock: every other member of the session is counted up, then its process is woken. */
inline tell()
{
    skip;
    d_step
    {
        i = 0;
        do
        :: i < PROCS ->
            if
            :: i != me && member[i] && slot[place[i]].session == mine -> due[i]++; unsure[i]++
            :: else
            fi;
            i++
        :: else -> break
        od;
        i = 0
    }
    do
    :: i < SLOTS ->
        atomic
        {
            if
            :: slot[i].used && slot[i].session == mine -> slot[i].told++
            :: else
            fi
        }
#ifdef MISTAKE_STOPS_AT_DEAD
        if
        :: slot[i].used && !ALIVE(i) -> break
        :: else
        fi;
#endif
        STEP;
        i++
    :: else -> break
    od;
    i = 0;
    do
    :: i < SLOTS ->
        atomic
        {
            if
            :: slot[i].used && slot[i].session == mine ->
                if
                :: ALIVE(i) -> event[slot[i].process] = 1
                :: else -> free(i)
                fi
            :: else
            fi
        }
        STEP;
        i++
    :: else -> break
    od;
    /* It came to the end: nobody is left unsure by it, and who is on has been told all that it was due. */
    skip;
    d_step
    {
        i = 0;
        do
        :: i < PROCS ->
            if
            :: i != me && member[i] && slot[place[i]].session == mine ->
                unsure[i]--;
                assert(slot[place[i]].told <= due[i] && slot[place[i]].told + unsure[i] >= due[i])
            :: else
            fi;
            i++
        :: else -> break
        od;
        i = 0
    }
}

proctype Program(byte me)
{
    byte i, offer, again, at, mine;

start:
    atomic
    {
        life[me] < LIVES -> life[me]++;
        running[me] = 1
    }

look_again:
    skip;
    look(offer);
    STEP;
    lock();
    STEP;
    look(again);
#ifndef MISTAKE_LOOKS_ONCE
    if
    :: offer != again -> unlock(); goto look_again
    :: else
    fi;
#endif
    /* A free slot; there is one for each program, once the dead have been freed. */
    skip;
    d_step
    {
        at = 0;
        do
        :: at < SLOTS && slot[at].used -> at++
        :: else -> break
        od
    }
#ifndef MISTAKE_NO_REAP
    if
    :: at == SLOTS ->
        reap();
        skip;
        d_step
        {
            at = 0;
            do
            :: at < SLOTS && slot[at].used -> at++
            :: else -> break
            od
        }
    :: else
    fi;
#endif
    assert(at < SLOTS);
    slot[at].told = 0;
    mine = offer;
    if
    :: !offer ->
        is_open = 0;
        STEP;
        newest++;
        mine = newest
    :: else
    fi;
    STEP;
    slot[at].whole = 0;
    slot[at].session = mine;
    slot[at].process = me;
    slot[at].life = life[me];
    STEP;
    slot[at].whole = 1;
    STEP;
    atomic
    {
        slot[at].used = 1;
        place[me] = at;
        member[me] = 1;
        /* No join succeeds on a session that somebody has closed. */
        assert(!closed[mine])
    }
    STEP;
    if
    :: !offer -> is_open = 1
    :: else
    fi;
    STEP;
    unlock();

    /* On the session: the watcher is woken, looks, and is woken again; until the program logs off. */
    do
    :: event[me] ->
        atomic { event[me] = 0; reading[me] = 1 }
        STEP;
        atomic { heard[me] = slot[at].told; reading[me] = 0 }
        assert(heard[me] <= due[me])
    :: break
    od;
    STEP;

    lock();
    STEP;
    /* What it has not heard yet it takes along. Nothing came twice, and nothing is missing but what somebody died on. */
    atomic
    {
        heard[me] = slot[at].told;
        assert(heard[me] <= due[me] && heard[me] + unsure[me] >= due[me]);
        free(at);
        member[me] = 0
    }
    STEP;
    if
    :: skip /* a plain log-off: the same with the other counter */
    :: skip ->
        if
        :: newest == mine ->
#ifndef MISTAKE_NO_CLOSE
            is_open = 0;
#endif
            closed[mine] = 1
        :: else
        fi;
        STEP;
        tell()
    fi;
    unlock();
    atomic { running[me] = 0; forget() }

dead:
    if
    :: life[me] < LIVES -> goto start
    :: else
    fi
}

/* When nobody is left there is nothing to join, nobody to be seen, and the mutex is free. */
active proctype Observer()
{
    byte me = NOBODY, i, found;

    (life[0] == LIVES && !running[0] && life[1] == LIVES && !running[1] && life[PROCS - 1] == LIVES
     && !running[PROCS - 1]);
    look(found);
    assert(!found);
    /* The observer is nobody's process: it only waits for the mutex. */
    owner == NOBODY;
    reap();
    do
    :: i < SLOTS -> assert(!slot[i].used); i++
    :: else -> break
    od
}

init
{
    atomic
    {
        byte p = 0;
        do
        :: p < PROCS -> place[p] = 0; run Program(p); p++
        :: else -> break
        od
    }
}
