/* restriction: restrictions and sort orders of a table as SQL about the row "o" of object. */
#ifndef POSTROOM_MSGSTORE_RESTRICTION_H
#define POSTROOM_MSGSTORE_RESTRICTION_H

#include "msgstore.h"

/* An expression in parentheses. MAPI_E_TOO_COMPLEX: it has no such. */
HRESULT restriction_write(sqlite3_str *sql, const struct db *db, enum schema schema, const SRestriction *restriction,
                          int depth);
/* What stands after ORDER BY; NULL: the table's own order. */
HRESULT order_write(sqlite3_str *sql, enum schema schema, const SSortOrderSet *order);

#endif
