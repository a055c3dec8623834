/*
 * this_thread: sinks that a thread wrapped for itself. Private to notify/.
 */
#ifndef POSTROOM_NOTIFY_THIS_THREAD_H
#define POSTROOM_NOTIFY_THIS_THREAD_H

#include "notify/queue.h"

/* A receiver for a sink that is registered; for a wrapper of ours one that calls the wrapped sink on the wrapper's thread.
 * NULL: out of memory. */
struct receiver *receiver_for(IMAPIAdviseSink *sink);

#endif
