/*
 * Unfinished: Common Messaging Calls and Simple MAPI for Basic. Both answer in their own small codes.
 */
#include "util/unfinished.h"

#include <xcmc.h>

SCODE WINAPI ScMAPIXFromCMC(LHANDLE session, ULONG flags, LPCIID iid, LPMAPISESSION *mapi_session)
{
    TRACE("%#Ix, %#lx, %s, %p", (size_t)session, flags, debugstr_guid(iid), mapi_session);

    clear_pointer(mapi_session);
    return MAPI_E_NO_SUPPORT;
}

CMC_return_code WINAPI cmc_act_on(CMC_session_id session, CMC_message_reference *message_reference, CMC_enum operation,
                                  CMC_flags act_on_flags, CMC_ui_id ui_id, CMC_extension *act_on_extensions)
{
    TRACE("%#Ix, %p, %ld, %#lx, %#Ix, %p", (size_t)session, message_reference, (long)operation,
          (unsigned long)act_on_flags, (size_t)ui_id, act_on_extensions);

    return CMC_E_NOT_SUPPORTED;
}

CMC_return_code WINAPI cmc_free(CMC_buffer memory)
{
    TRACE("%p", memory);

    return CMC_E_NOT_SUPPORTED;
}

CMC_return_code WINAPI cmc_list(CMC_session_id session, CMC_string message_type, CMC_flags list_flags,
                                CMC_message_reference *seed, CMC_uint32 *count, CMC_ui_id ui_id,
                                CMC_message_summary **result, CMC_extension *list_extensions)
{
    TRACE("%#Ix, %s, %#lx, %p, %p, %#Ix, %p, %p", (size_t)session, debugstr_a(message_type), (unsigned long)list_flags,
          seed, count, (size_t)ui_id, result, list_extensions);

    clear_pointer(result);
    return CMC_E_NOT_SUPPORTED;
}

CMC_return_code WINAPI cmc_logoff(CMC_session_id session, CMC_ui_id ui_id, CMC_flags logoff_flags,
                                  CMC_extension *logoff_extensions)
{
    TRACE("%#Ix, %#Ix, %#lx, %p", (size_t)session, (size_t)ui_id, (unsigned long)logoff_flags, logoff_extensions);

    return CMC_E_NOT_SUPPORTED;
}

CMC_return_code WINAPI cmc_logon(CMC_string service, CMC_string user, CMC_string password,
                                 CMC_object_identifier character_set, CMC_ui_id ui_id, CMC_uint16 caller_cmc_version,
                                 CMC_flags logon_flags, CMC_session_id *session, CMC_extension *logon_extensions)
{
    TRACE("%s, %s, %p, %s, %#Ix, %u, %#lx, %p, %p", debugstr_a(service), debugstr_a(user), password,
          debugstr_a(character_set), (size_t)ui_id, caller_cmc_version, (unsigned long)logon_flags, session,
          logon_extensions);

    clear_ulong(session);
    return CMC_E_NOT_SUPPORTED;
}

CMC_return_code WINAPI cmc_look_up(CMC_session_id session, CMC_recipient *recipient_in, CMC_flags look_up_flags,
                                   CMC_ui_id ui_id, CMC_uint32 *count, CMC_recipient **recipient_out,
                                   CMC_extension *look_up_extensions)
{
    TRACE("%#Ix, %p, %#lx, %#Ix, %p, %p, %p", (size_t)session, recipient_in, (unsigned long)look_up_flags,
          (size_t)ui_id, count, recipient_out, look_up_extensions);

    clear_pointer(recipient_out);
    return CMC_E_NOT_SUPPORTED;
}

CMC_return_code WINAPI cmc_query_configuration(CMC_session_id session, CMC_enum item, CMC_buffer reference,
                                               CMC_extension *config_extensions)
{
    TRACE("%#Ix, %ld, %p, %p", (size_t)session, (long)item, reference, config_extensions);

    return CMC_E_NOT_SUPPORTED;
}

CMC_return_code WINAPI cmc_read(CMC_session_id session, CMC_message_reference *message_reference, CMC_flags read_flags,
                                CMC_message **message, CMC_ui_id ui_id, CMC_extension *read_extensions)
{
    TRACE("%#Ix, %p, %#lx, %p, %#Ix, %p", (size_t)session, message_reference, (unsigned long)read_flags, message,
          (size_t)ui_id, read_extensions);

    clear_pointer(message);
    return CMC_E_NOT_SUPPORTED;
}

CMC_return_code WINAPI cmc_send(CMC_session_id session, CMC_message *message, CMC_flags send_flags, CMC_ui_id ui_id,
                                CMC_extension *send_extensions)
{
    TRACE("%#Ix, %p, %#lx, %#Ix, %p", (size_t)session, message, (unsigned long)send_flags, (size_t)ui_id,
          send_extensions);

    return CMC_E_NOT_SUPPORTED;
}

CMC_return_code WINAPI cmc_send_documents(CMC_string recipient_addresses, CMC_string subject, CMC_string text_note,
                                          CMC_flags send_doc_flags, CMC_string file_paths, CMC_string file_names,
                                          CMC_string delimiter, CMC_ui_id ui_id)
{
    TRACE("%p, %p, %p, %#lx, %p, %p, %p, %#Ix", recipient_addresses, subject, text_note, (unsigned long)send_doc_flags,
          file_paths, file_names, delimiter, (size_t)ui_id);

    return CMC_E_NOT_SUPPORTED;
}

/* Basic's strings and arrays go in and out through pointers to them and stay as they are. */
ULONG WINAPI BMAPISendMail(LHANDLE session, ULONG_PTR ui_param, void *message, void *recipients, void *files,
                           ULONG flags, ULONG reserved)
{
    TRACE("%#Ix, %#Ix, %p, %p, %p, %#lx, %lu", (size_t)session, (size_t)ui_param, message, recipients, files, flags,
          reserved);

    return MAPI_E_NOT_SUPPORTED;
}

ULONG WINAPI BMAPISaveMail(LHANDLE session, ULONG_PTR ui_param, void *message, void *recipients, void *files,
                           ULONG flags, ULONG reserved, void *message_id)
{
    TRACE("%#Ix, %#Ix, %p, %p, %p, %#lx, %lu, %p", (size_t)session, (size_t)ui_param, message, recipients, files, flags,
          reserved, message_id);

    return MAPI_E_NOT_SUPPORTED;
}

ULONG WINAPI BMAPIReadMail(ULONG *message, ULONG *recipients, ULONG *files, LHANDLE session, ULONG_PTR ui_param,
                           void *message_id, ULONG flags, ULONG reserved)
{
    TRACE("%p, %p, %p, %#Ix, %#Ix, %p, %#lx, %lu", message, recipients, files, (size_t)session, (size_t)ui_param,
          message_id, flags, reserved);

    clear_ulong(message);
    clear_ulong(recipients);
    clear_ulong(files);
    return MAPI_E_NOT_SUPPORTED;
}

ULONG WINAPI BMAPIGetReadMail(ULONG message, void *message_out, void *recipients, void *files, void *originator)
{
    TRACE("%#lx, %p, %p, %p, %p", message, message_out, recipients, files, originator);

    return MAPI_E_NOT_SUPPORTED;
}

ULONG WINAPI BMAPIFindNext(LHANDLE session, ULONG_PTR ui_param, void *message_type, void *seed, ULONG flags,
                           ULONG reserved, void *message_id)
{
    TRACE("%#Ix, %#Ix, %p, %p, %#lx, %lu, %p", (size_t)session, (size_t)ui_param, message_type, seed, flags, reserved,
          message_id);

    return MAPI_E_NOT_SUPPORTED;
}

ULONG WINAPI BMAPIAddress(ULONG *info, LHANDLE session, ULONG_PTR ui_param, void *caption, ULONG edit_fields,
                          void *label, ULONG *count, void *recipients, ULONG flags, ULONG reserved)
{
    TRACE("%p, %#Ix, %#Ix, %p, %lu, %p, %p, %p, %#lx, %lu", info, (size_t)session, (size_t)ui_param, caption,
          edit_fields, label, count, recipients, flags, reserved);

    clear_ulong(info);
    clear_ulong(count);
    return MAPI_E_NOT_SUPPORTED;
}

ULONG WINAPI BMAPIGetAddress(ULONG info, ULONG count, void *recipients)
{
    TRACE("%#lx, %lu, %p", info, count, recipients);

    return MAPI_E_NOT_SUPPORTED;
}

ULONG WINAPI BMAPIDetails(LHANDLE session, ULONG_PTR ui_param, void *recipient, ULONG flags, ULONG reserved)
{
    TRACE("%#Ix, %#Ix, %p, %#lx, %lu", (size_t)session, (size_t)ui_param, recipient, flags, reserved);

    return MAPI_E_NOT_SUPPORTED;
}

ULONG WINAPI BMAPIResolveName(LHANDLE session, ULONG_PTR ui_param, void *name, ULONG flags, ULONG reserved,
                              void *recipient)
{
    TRACE("%#Ix, %#Ix, %p, %#lx, %lu, %p", (size_t)session, (size_t)ui_param, name, flags, reserved, recipient);

    return MAPI_E_NOT_SUPPORTED;
}
