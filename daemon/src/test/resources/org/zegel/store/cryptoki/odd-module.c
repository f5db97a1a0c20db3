/* A PKCS#11 module for tests, with one slot. How it misbehaves is told by the text that C_Initialize gets. */
#include <p11-kit/pkcs11.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char mode[4096];
static CK_SESSION_HANDLE last;

static int is(const char *name) { return strcmp(mode, name) == 0; }

/* "file:PATH": the token is there while the file is. */
static int present(void)
{
    return strncmp(mode, "file:", 5) != 0 || access(mode + 5, F_OK) == 0;
}

static CK_RV initialize(void *arguments)
{
    CK_C_INITIALIZE_ARGS *given = arguments;
    if (given->pReserved != NULL)
        snprintf(mode, sizeof mode, "%s", (char *) given->pReserved);
    if (is("no threads") && (given->flags & CKF_OS_LOCKING_OK))
        return CKR_CANT_LOCK;
    if (is("crash at once"))
        abort();
    return is("refuse") ? CKR_DEVICE_ERROR : CKR_OK;
}

static CK_RV finalize(void *reserved) { (void) reserved; return CKR_OK; }

static CK_RV slot_list(CK_BBOOL with_token, CK_SLOT_ID *list, CK_ULONG *count)
{
    (void) with_token;
    if (is("noise")) {
        char line[64];
        printf("a module that talks\n");
        fflush(stdout);
        fprintf(stderr, "to everybody\n");
        if (fgets(line, sizeof line, stdin) != NULL)
            abort();
    }
    if (list != NULL)
        list[0] = 7;
    *count = 1;
    return CKR_OK;
}

static void pad(unsigned char *place, const char *text, size_t size)
{
    memset(place, ' ', size);
    memcpy(place, text, strlen(text));
}

static CK_RV slot_info(CK_SLOT_ID slot, CK_SLOT_INFO *info)
{
    (void) slot;
    if (is("hang"))
        for (;;)
            pause();
    if (is("crash"))
        abort();
    if (is("exit"))
        exit(0);
    memset(info, 0, sizeof *info);
    pad(info->slotDescription, "odd slot", 64);
    info->flags = CKF_REMOVABLE_DEVICE | (present() ? CKF_TOKEN_PRESENT : 0);
    return CKR_OK;
}

static CK_RV token_info(CK_SLOT_ID slot, CK_TOKEN_INFO *info)
{
    (void) slot;
    if (!present())
        return CKR_TOKEN_NOT_PRESENT;
    if (is("unknown card"))
        return CKR_TOKEN_NOT_RECOGNIZED;
    memset(info, 0, sizeof *info);
    pad(info->label, "odd", 32);
    pad(info->manufacturerID, "nobody", 32);
    pad(info->model, "1", 16);
    pad(info->serialNumber, "0001", 16);
    info->flags = CKF_TOKEN_INITIALIZED | CKF_LOGIN_REQUIRED | CKF_PROTECTED_AUTHENTICATION_PATH
        | (is("last try") ? CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY : 0) | CKF_USER_PIN_INITIALIZED;
    return CKR_OK;
}

static CK_RV mechanism_list(CK_SLOT_ID slot, CK_MECHANISM_TYPE *list, CK_ULONG *count)
{
    (void) slot;
    if (list != NULL)
        list[0] = CKM_RSA_PKCS;
    *count = 1;
    return CKR_OK;
}

static CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, void *app, CK_NOTIFY notify, CK_SESSION_HANDLE *session)
{
    (void) slot; (void) flags; (void) app; (void) notify;
    *session = ++last;
    return CKR_OK;
}

static CK_RV close_session(CK_SESSION_HANDLE session) { (void) session; return CKR_OK; }

static CK_RV session_info(CK_SESSION_HANDLE session, CK_SESSION_INFO *info)
{
    (void) session;
    memset(info, 0, sizeof *info);
    return CKR_OK;
}

/* The person at the reader takes three seconds. */
static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, unsigned char *pin, CK_ULONG length)
{
    (void) session; (void) user; (void) length;
    if (pin != NULL)
        return CKR_PIN_INCORRECT;
    sleep(3);
    return is("give up") ? CKR_FUNCTION_CANCELED : CKR_OK;
}

static CK_RV wait_for_slot_event(CK_FLAGS flags, CK_SLOT_ID *slot, void *reserved)
{
    int was = present();
    (void) reserved;
    if (flags & CKF_DONT_BLOCK)
        return CKR_NO_EVENT;
    if (strncmp(mode, "file:", 5) != 0)
        return CKR_FUNCTION_NOT_SUPPORTED;
    while (present() == was)
        usleep(20000);
    *slot = 7;
    return CKR_OK;
}

static CK_FUNCTION_LIST functions = {
    .version = {2, 40},
    .C_Initialize = initialize,
    .C_Finalize = finalize,
    .C_GetSlotList = slot_list,
    .C_GetSlotInfo = slot_info,
    .C_GetTokenInfo = token_info,
    .C_GetMechanismList = mechanism_list,
    .C_OpenSession = open_session,
    .C_CloseSession = close_session,
    .C_GetSessionInfo = session_info,
    .C_Login = login,
    .C_WaitForSlotEvent = wait_for_slot_event,
};

CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list)
{
    *list = &functions;
    return CKR_OK;
}
