"""Refusals of the services, beside those of the domain."""

from taper_app.domain.errors import Conflict, Forbidden, Invalid, Missing, Refusal


class NotSignedIn(Refusal):
    """Nobody is signed in, or the session has ended. The API says 401."""

    kind = "forbidden"
    default_code = "not_signed_in"
    default_message = "Please sign in."


class SignInFailed(NotSignedIn):
    """Login and password do not belong together; which of the two is wrong is not said."""

    default_code = "wrong_sign_in"
    default_message = "The login or the password is not right."


class RecoveryFailed(NotSignedIn):
    """Login and recovery code do not belong together."""

    default_code = "wrong_recovery"
    default_message = "The login or the recovery code is not right."


class SignUpClosed(Forbidden):
    """This server takes no new accounts."""

    default_code = "sign_up_closed"
    default_message = "This server takes no new accounts."


class InviteNeeded(Forbidden):
    """This server takes new accounts by invitation only."""

    default_code = "invite_needed"
    default_message = "This server takes new accounts by invitation only."


class LoginTaken(Conflict):
    """Another account has this login."""

    default_code = "login_taken"
    default_message = "This login is taken. Please choose another."


class WrongPassword(Invalid):
    """The password typed again is not the account's."""

    default_code = "wrong_password"
    default_message = "This is not your password."


class ProveAgain(Forbidden):
    """Whose session it is was proved too long ago for this."""

    default_code = "prove_again"
    default_message = "For your safety, please type your password again."


class PasskeyRefused(NotSignedIn):
    """No account is opened by this passkey; why is not said."""

    default_code = "wrong_passkey"
    default_message = "This passkey did not open an account here."


class PasskeyFailed(Invalid):
    """What the browser sent is no answer of a passkey to what was asked, or it came too late."""

    default_code = "passkey_failed"
    default_message = "The passkey did not work."


class NoPasskeysHere(Conflict):
    """Browsers make passkeys for names only, over https or on the machine itself."""

    default_code = "no_passkeys_here"
    default_message = "Passkeys do not work at this address."


class PasskeyMissing(Missing):
    """No such passkey, or not yours."""

    default_code = "passkey_not_found"
    default_message = "There is no such passkey."


class TooManyPasskeys(Conflict):
    """As many passkeys as there may be."""

    default_code = "too_many_passkeys"
    default_message = "You have 20 passkeys."


class OtherAccount(Conflict):
    """The store that sends belongs to another account than the one signed in."""

    default_code = "other_account"
    default_message = "These entries belong to another account."


class PlanMissing(Missing):
    """No such plan, or not yours."""

    default_code = "plan_not_found"
    default_message = "There is no such plan."


class NothingRead(Invalid):
    """No dose could be read in a pasted plan."""

    default_code = "nothing_read"
    default_message = "No step could be read here."


class NotReadBack(Conflict):
    """A plan that was read from words is confirmed only after each line was ticked."""

    default_code = "not_read_back"
    default_message = "Please tick each line first."


class ShownDiffers(Conflict):
    """What would be confirmed is not what stands on the screen: it was changed meanwhile, in another window."""

    default_code = "shown_differs"
    default_message = "The plan has changed. Please read it again."


class ShareMissing(Missing):
    """No such share, or not yours."""

    default_code = "share_not_found"
    default_message = "There is no such share."


class PinNeeded(Forbidden):
    """The link asks for a PIN that was told separately."""

    default_code = "pin_needed"
    default_message = "Please type the PIN."


class PinWrong(Forbidden):
    """Not the PIN of this link."""

    default_code = "wrong_pin"
    default_message = "This is not the PIN."


class ShareFrozen(Conflict):
    """A frozen share holds what it held; it can show less, and no more."""

    default_code = "share_frozen"
    default_message = "This view is frozen. Let it go on first."


class LinkMissing(Missing):
    """A link that is unknown, expired or revoked: the three look the same."""

    default_code = "link_not_found"
    default_message = "This link does not work any more."


class SessionMissing(Missing):
    """No such login session, or not yours."""

    default_code = "session_not_found"
    default_message = "There is no such sign-in."


class ReminderMissing(Missing):
    """No such reminder any more, or not yours."""

    default_code = "reminder_not_found"
    default_message = "This reminder is not there any more."


class NoMoreSnoozes(Conflict):
    """A reminder can be put off three times."""

    default_code = "no_more_snoozes"
    default_message = "This reminder was put off three times already."


class InQuietHours(Conflict):
    """Ringing again would be in the quiet hours."""

    default_code = "in_quiet_hours"
    default_message = "That would be in your quiet hours."


class TooManySubscriptions(Conflict):
    """Reminders ring on as many browsers as they may."""

    default_code = "too_many_subscriptions"
    default_message = "Reminders ring on five phones already."


class NotSubscribed(Missing):
    """Reminders do not ring on this browser."""

    default_code = "not_subscribed"
    default_message = "Reminders do not ring on this phone."


class PushFailed(Conflict):
    """The push service did not take it just now."""

    default_code = "push_failed"
    default_message = "The reminder did not go out. Please try again."


class PlanDiffers(Conflict):
    """The account has a plan with this id that says something else."""

    default_code = "plan_differs"
    default_message = "You have this plan already, and it is not the same as in the file."


class DiaryMissing(Missing):
    """No such diary waits, its hour is over, or it is not yours."""

    default_code = "diary_not_found"
    default_message = "This file is not waiting any more. Please choose it again."


class PhotoMissing(Missing):
    """No such photo beside this plan."""

    default_code = "photo_not_found"
    default_message = "This photo is not there any more."


class TooManyPhotos(Conflict):
    """As many photos as there may be."""

    default_code = "too_many_photos"
    default_message = "A plan can have at most 6 photos."


class PictureRefused(Invalid):
    """What was sent cannot be kept as a picture."""

    default_code = "not_a_picture"
    default_message = "This file is not a photo that we can read."


class PageFailed(Conflict):
    """The PDF could not be made just now."""

    default_code = "page_failed"
    default_message = "The page could not be made. Please try again."


class RepliesClosed(Forbidden):
    """The patient takes no words through this share."""

    default_code = "replies_closed"
    default_message = "Words can't be sent here just now."


class TooManyReplies(Conflict):
    """A share's words of the last day are as many as there may be."""

    default_code = "too_many_replies"
    default_message = "That was enough for today. Please try again tomorrow."


class ReplyMissing(Missing):
    """No such reply any more, or not yours."""

    default_code = "reply_not_found"
    default_message = "This word is not there any more."


class TooManyBrowsers(Conflict):
    """Alerts of a share go to as many browsers as they may."""

    default_code = "too_many_browsers"
    default_message = "Alerts for this link go to five phones already."
