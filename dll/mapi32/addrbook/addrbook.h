/*
 * addrbook: the integrated address book, one-off recipients and their entry identifiers.
 *
 * Contract: an address book belongs to a session and asks its gate; it knows nothing else of the session but the set of
 * its providers, which own every entry that is no one-off. The root is empty.
 */
#ifndef POSTROOM_ADDRBOOK_ADDRBOOK_H
#define POSTROOM_ADDRBOOK_ADDRBOOK_H

#include "prop/prop_object.h"
#include "provider/providers.h"

/* One-off entry identifiers carry this MAPIUID (MS-OXCDATA 2.2.5.1). */
extern const MAPIUID oneoff_uid;

/* A one-off read from an entry identifier; the texts are heap blocks. */
struct oneoff
{
    WCHAR *name, *type, *address;
    BOOL rich_info;
};

/* Whether an entry identifier has this MAPIUID; reads no further than its length. */
BOOL entryid_has_uid(const ENTRYID *entryid, ULONG size, const MAPIUID *uid);

/* Composes a one-off entry identifier as one MAPI buffer; name NULL: the address. flags: MAPI_SEND_NO_RICH_INFO,
 * MAPI_UNICODE (wide texts inside, else ANSI). MAPI_E_NOT_ENOUGH_MEMORY, MAPI_E_INVALID_PARAMETER (empty or with a
 * colon in the type, empty address, text that does not fit in the ANSI code page), MAPI_E_TOO_BIG. */
HRESULT oneoff_compose(const WCHAR *name, const WCHAR *type, const WCHAR *address, ULONG flags, ULONG *size,
                       ENTRYID **entryid);
/* MAPI_E_INVALID_ENTRYID when it is not a well-formed one-off. */
HRESULT oneoff_parse(const ENTRYID *entryid, ULONG size, struct oneoff *oneoff);
void oneoff_clear(struct oneoff *oneoff);
/* Same address type and address, without regard to case. */
HRESULT oneoff_compare(const ENTRYID *a, ULONG size_a, const ENTRYID *b, ULONG size_b, ULONG *same);

/* IMailUser on a one-off. iid NULL: IMailUser. */
HRESULT mailuser_open(struct gate *gate, const ENTRYID *entryid, ULONG size, const IID *iid, IUnknown **out);
/* The root of the address book: an IABContainer without containers. iid NULL: IABContainer. */
HRESULT root_container_open(struct gate *gate, const IID *iid, IUnknown **out);
/* IAddrBook. providers: used inside the gate only. */
HRESULT addrbook_create(struct gate *gate, struct provider_set *providers, IAddrBook **out);

#endif
