/*
 * prop_stream: an IStream over the bytes of one property.
 *
 * Contract: the stream works on a copy of the value. IStream::Commit hands the bytes to write(), which makes them the
 * property's value; without it they are dropped (Revert drops them at once). Clones share the bytes, not the position.
 * write() is called without a lock. Any thread.
 */
#ifndef POSTROOM_PROP_PROP_STREAM_H
#define POSTROOM_PROP_PROP_STREAM_H

#include "prop/prop.h"

/* owner is held by the stream; write may be NULL: a stream for reading. bytes are copied. */
HRESULT prop_stream_create(IUnknown *owner,
                           HRESULT (*write)(IUnknown *owner, ULONG tag, const BYTE *bytes, ULONG count), ULONG tag,
                           const BYTE *bytes, ULONG count, IStream **out);

#endif
