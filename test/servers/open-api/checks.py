"""A check beside those of Schemathesis: a request that is as the document says is refused by a rule of the business only."""

import schemathesis

@schemathesis.hook
def before_load_schema(ctx, raw_schema):
    """Takes the moment out of the document: how long the log is, no schema can express. as-of.test.ts asks every GET for it."""
    for item in raw_schema.get("paths", {}).values():
        for operation in item.values():
            if isinstance(operation, dict) and "parameters" in operation:
                operation["parameters"] = [one for one in operation["parameters"] if one.get("name") != "asOf"]


# What is said of the form of a request.
OF_THE_FORM = {"validation-failed", "malformed-json", "malformed-form", "bad-request", None}

# Rules about values which no schema can express; the code is validation-failed because a field is to blame.
RULES = (
    # Two fields go together.
    "is not the same as newPassword",
    "must be the courses of the items",
    "only a course with an organizationId can be private to it",
    "is required for a course_specific discount",
    "goes with a course_specific discount only",
    "must be above 0 and at most 100",
    "must be an amount above 0, in whole minor units of the currency",
    "must have at most 2 decimal places (USD)",
    "must name the courses to take back, or be left out",
    "must be a URL of http or https, of at most 2048 characters, unless the type is text",
    "is required for the chat of a course",
    "is for the chat of a course only",
    "or email is needed: the account to invite",
    "must not be before startsOn",
    "must not be less than amountFrom",
    "must not be before from",
    "must not be greater than to",
    "takes the place of revision: send one of them",
    "must not be blank",
    # The calendar has no such day, or it is past.
    "must be a date or a time in ISO 8601, like 2026-12-31 (the whole day, in UTC) or 2026-12-31T18:00:00+01:00",
    "must be in the future",
    # A cursor is what another answer said.
    "must be the nextCursor of a page of this list",
    "takes the place of page: send one of them",
    # How long the log of the audit is, and which events are in it.
    "how many events there are",
    "how many there are",
    "must be the id of an event of an export",
    # Of figures: one scope at a time, days and zones that exist, and how much is asked for at once.
    "name one course, instructor, organization, coupon or surface",
    "must be a day of the calendar, like 2026-12-31",
    "must be between 2012-01-01 and 2099-12-31",
    "must be an IANA time zone, like Asia/Jakarta",
    "must be at most 3700 days before to",
    "or take a longer unit",
    "unless figures of everything are asked for",
    "has no list below it",
    # What is in the file, and what belongs to the account.
    "must be a PNG, JPEG, WebP or GIF image",
    "is none of your addresses",
    # The surface's document has this code for it.
    "The current password is wrong.",
)

# EduPro tells sentences by field, without a code: of these the form of a request is not to blame.
EDUPRO_RULES = (
    "User with this email does not exist.",
    "Invalid email",
    "Invalid OTP",
    "OTP expired",
    "Passwords don't match",
    "Refresh token not found",
    "No refresh token found",
    "Invalid token",
    "Old password is incorrect",
    "object does not exist.",
    # A part of the path that is blank; its document has these sentences for it.
    "student id is required",
    "Student ID is required in the URL.",
    "teacher username is required",
    "Teacher username is required.",
    "Teacher username is required in the URL.",
    "with this name already exists.",
    "Course is not published",
    "Module is not published",
    "You are not a student of this teacher.",
    "Student already has full access to this course",
    "Student already enrolled in this module",
    "Coupon code is required for paid courses.",
    "Coupon code is required for paid modules.",
    "Invalid coupon code",
    "Price must be 0 for free courses",
    "Price must be 0 for free modules",
    "Price must be greater than 0 for paid courses",
    "there is already course in this order",
    "there is already lesson in this order",
    "There is already a module with this order in the course.",
    "The coupon was already used more often.",
    "You have already rated this course.",
    "Title is required.",
    # Of an id that is none, as of one that nothing has.
    "Must be a valid UUID.",
    # Two fields go together, or with what is there already.
    "A short answer question has no options.",
    "Only a short answer question has a correct answer in words.",
    "A true or false question has two options.",
    "Only one option of a question can be correct.",
    "Unpublish it first.",
    "A free module has no price.",
    "Send a file, or the id of a video at the host, not both.",
    "This field may not be blank.",
    "Title must not be empty.",
    # The document has sentences of its own for these.
    "must be greater than 0",
    "Title must be at least 3 characters long.",
    "Email already exists",
    "phone already exists",
    "A user with that username already exists.",
    "You have no attempts left.",
    "Date of birth cannot be in the future.",
    "An assessment can be published once it has a question, and each of its questions can be answered.",
    # What is in the file.
    "Unsupported extensions",
    "The file must be in PDF or Word or powerpoint format.",
    "The image must be JPG or PNG.",
    "The image must be JPG or PNG or jpeg.",
    "Upload a valid image. The file you uploaded was either not an image or a corrupted image.",
)


# The academy names wrong fields with sentences; what it says without a field is a rule of the business.
ACADEMY_RULES = (
    "NIM is required for DIKE students",
    "NIM must be like 24/000000/PA/000000",
    "Phone must be an Indonesian number like 081234567890",
    # The calendar has no such time.
    "is not a time of the calendar",
    "must be a date or a time in ISO 8601, like 2026-12-31 (the whole day, in UTC) or 2026-12-31T18:00:00+01:00",
    # Blanks around a name do not count.
    "Name must be at least 2 characters",
    "File URL must be a link of http or https to a host with a dotted name",
    "Email must be another one for each member",
    # What is in a form, and in a template.
    "must be a file",
)


def sentences_of(answer):
    if isinstance(answer, dict):
        return [sentence for value in answer.values() for sentence in sentences_of(value)]
    if isinstance(answer, list):
        return [sentence for value in answer for sentence in sentences_of(value)]
    return [str(answer)]


@schemathesis.check
def refused_by_rules_only(ctx, response, case):
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code != 400:
        return
    refusal = response.json()
    if case.path.startswith("/api/v1"):
        # This name is refused whatever else the body says.
        if "__proto__" in str(case.body):
            return
        unknown = [sentence for sentence in sentences_of(refusal) if not sentence.endswith(EDUPRO_RULES)]
        assert not unknown, f"a valid request is refused for its form: {unknown}"
        return
    if case.path.startswith("/academy"):
        if "__proto__" in str(case.body):
            return
        errors = refusal.get("errors") or refusal.get("details") or []
        unknown = [error for error in errors if not str(error["message"]).endswith(ACADEMY_RULES)]
        assert not unknown, f"a valid request is refused for its form: {unknown}"
        return
    if refusal.get("code") not in OF_THE_FORM:
        return
    errors = refusal.get("errors") or refusal.get("data", {}).get("errors") or [{"message": refusal.get("message") or refusal.get("detail")}]
    unknown = [error for error in errors if not str(error["message"]).endswith(RULES)]
    assert not unknown, f"a valid request is refused for its form: {unknown}"
