/* The ordinary tokens of a page: white space between tags, text, and elements of which nothing matters but their tag and their
   classes. They are three of four. All others go to `Feed.take` in html.py, which says what each of them does: a function here
   that stands for one in Python names it, and tests/test_ordinary.py holds both to the same blocks.

   The state is that of the Python objects, whose slots are read and written in place: nothing is kept here but a cache of looks. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <structmember.h>

enum {
    BYLINE, RAW_TAG, PLAIN_TEXT, BUILDER, LINE_STARTS, FORMULA, APART, NOTE, STACK, CONTEXT, WRITER, INNERMOST, ENTRIES, COUNTS,
    PREFORMATTED, WRITER_APART, BREAKS, FOLLOWS_TEXT, INLINE, PIECES, LENGTH, START, END, NEXT_START, ENDS_IN_SPACE, IS_GAP, AROUND,
    IMAGES, ASIDES, ALL, LOOK_CLASSES, LOOK_TRAITS, IS_ORDINARY, IS_SHOWN, IS_NOTE, BLOCK, VOID, MARK, CONTEXTUAL,
    CLOSES_PARAGRAPH, IMPLIED_ENDS, TAG, ATTRS, PARENT, DEPTH, CLASSES, HIDDEN, SLOTS
};

enum { FEED_TYPE, BUILDER_TYPE, STACK_TYPE, CONTEXT_TYPE, WRITER_TYPE, INLINE_TYPE, ASIDES_TYPE, LOOK_TYPE, TRAITS_TYPE, ELEMENT_TYPE, TYPES };

static const struct { int type; const char *name; } SLOT[SLOTS] = {
    [BYLINE] = {FEED_TYPE, "_byline"}, [RAW_TAG] = {FEED_TYPE, "_raw_tag"}, [PLAIN_TEXT] = {FEED_TYPE, "_plain_text"},
    [BUILDER] = {FEED_TYPE, "_builder"}, [LINE_STARTS] = {FEED_TYPE, "_line_starts"},
    [FORMULA] = {BUILDER_TYPE, "_formula"}, [APART] = {BUILDER_TYPE, "_apart"}, [NOTE] = {BUILDER_TYPE, "_note"},
    [STACK] = {BUILDER_TYPE, "_stack"}, [CONTEXT] = {BUILDER_TYPE, "_context"}, [WRITER] = {BUILDER_TYPE, "writer"},
    [INNERMOST] = {STACK_TYPE, "element"}, [ENTRIES] = {STACK_TYPE, "entries"}, [COUNTS] = {STACK_TYPE, "counts"},
    [PREFORMATTED] = {CONTEXT_TYPE, "preformatted"},
    [WRITER_APART] = {WRITER_TYPE, "apart"}, [BREAKS] = {WRITER_TYPE, "_breaks"}, [FOLLOWS_TEXT] = {WRITER_TYPE, "_follows_text"},
    [INLINE] = {WRITER_TYPE, "_inline"},
    [PIECES] = {INLINE_TYPE, "pieces"}, [LENGTH] = {INLINE_TYPE, "_length"}, [START] = {INLINE_TYPE, "_start"},
    [END] = {INLINE_TYPE, "_end"}, [NEXT_START] = {INLINE_TYPE, "_next_start"}, [ENDS_IN_SPACE] = {INLINE_TYPE, "_ends_in_space"},
    [IS_GAP] = {INLINE_TYPE, "_is_gap"}, [AROUND] = {INLINE_TYPE, "_element"}, [IMAGES] = {INLINE_TYPE, "_images"},
    [ASIDES] = {INLINE_TYPE, "asides"}, [ALL] = {ASIDES_TYPE, "all"},
    [LOOK_CLASSES] = {LOOK_TYPE, "classes"}, [LOOK_TRAITS] = {LOOK_TYPE, "traits"}, [IS_ORDINARY] = {LOOK_TYPE, "is_ordinary"},
    [IS_SHOWN] = {LOOK_TYPE, "is_shown"}, [IS_NOTE] = {LOOK_TYPE, "is_note"},
    [BLOCK] = {TRAITS_TYPE, "block"}, [VOID] = {TRAITS_TYPE, "void"}, [MARK] = {TRAITS_TYPE, "mark"},
    [CONTEXTUAL] = {TRAITS_TYPE, "contextual"}, [CLOSES_PARAGRAPH] = {TRAITS_TYPE, "closes_paragraph"},
    [IMPLIED_ENDS] = {TRAITS_TYPE, "implied_ends"},
    [TAG] = {ELEMENT_TYPE, "tag"}, [ATTRS] = {ELEMENT_TYPE, "attrs"}, [PARENT] = {ELEMENT_TYPE, "parent"},
    [DEPTH] = {ELEMENT_TYPE, "depth"}, [CLASSES] = {ELEMENT_TYPE, "classes"}, [HIDDEN] = {ELEMENT_TYPE, "hidden"},
};

enum { MAX_LOOKS = 4096 };

typedef struct {
    PyObject_HEAD
    PyTypeObject *types[TYPES];
    Py_ssize_t offsets[SLOTS];
    PyObject *text, *reference, *start_tag, *end_tag; /* members of turbohtml.TokenType */
    PyObject *look_of, *telling, *accounts, *nests_not, *ends_late;
    PyObject *no_attrs, *looks; /* looks: tag -> classes as written -> Look */
    Py_ssize_t look_count, max_class_chars, max_depth;
} Reader;

/* Names of attributes and methods, made once. */
enum {
    S_TYPE, S_DATA, S_TAG, S_ATTRS, S_LINE, S_COL, S_CLASS, S_ID, S_A, S_P, S_LABEL, S_TAKE, S_TAKE_START, S_OPEN, S_OPEN_BLOCK, S_OPEN_INLINE,
    S_ENTER, S_LEAVE, S_BOUNDARY, S_EMPTY, STRINGS
};
static const char *const NAME[STRINGS] = {
    "type", "data", "tag", "attrs", "line", "col", "class", "id", "a", "p", "label", "take", "take_start_tag", "open", "_open_block",
    "_open_inline", "_enter", "_leave", "boundary", "",
};
static PyObject *name[STRINGS];

#define AT(object, slot) (*(PyObject **)((char *)(object) + self->offsets[slot]))

static void
put(Reader *self, PyObject *object, int slot, PyObject *value) /* steals the reference to value */
{
    PyObject *old = AT(object, slot);
    AT(object, slot) = value;
    Py_XDECREF(old);
}

static int
put_number(Reader *self, PyObject *object, int slot, Py_ssize_t number)
{
    PyObject *value = PyLong_FromSsize_t(number);
    if (value == NULL)
        return -1;
    put(self, object, slot, value);
    return 0;
}

static Py_ssize_t
number_at(Reader *self, PyObject *object, int slot)
{
    return PyLong_AsSsize_t(AT(object, slot));
}

static int
is_zero(PyObject *number)
{
    return PyLong_AsLong(number) == 0;
}

/* The result of a call that gives None: -1 with an exception set. */
static int
done(PyObject *result)
{
    if (result == NULL)
        return -1;
    Py_DECREF(result);
    return 0;
}

static int
call_take(PyObject *feed, PyObject *token, PyObject *following)
{
    return done(PyObject_CallMethodObjArgs(feed, name[S_TAKE], token, following, NULL));
}

/* How many elements with a tag are open; -1 with an exception set. */
static Py_ssize_t
count_of(Reader *self, PyObject *stack, PyObject *tag)
{
    PyObject *count = PyDict_GetItemWithError(AT(stack, COUNTS), tag);
    if (count == NULL)
        return PyErr_Occurred() ? -1 : 0;
    return PyLong_AsSsize_t(count);
}

static int
add_to_count(Reader *self, PyObject *stack, PyObject *tag, Py_ssize_t more)
{
    Py_ssize_t count = count_of(self, stack, tag);
    if (count < 0)
        return -1;
    PyObject *value = PyLong_FromSsize_t(count + more);
    if (value == NULL)
        return -1;
    int outcome = PyDict_SetItem(AT(stack, COUNTS), tag, value);
    Py_DECREF(value);
    return outcome;
}

/* BlockWriter.boundary */
static int
boundary(Reader *self, PyObject *writer)
{
    PyObject *inline_ = AT(writer, INLINE);
    if (PyList_GET_SIZE(AT(inline_, PIECES)) || PyList_GET_SIZE(AT(AT(inline_, ASIDES), ALL)))
        return done(PyObject_CallMethodNoArgs(writer, name[S_BOUNDARY]));
    if (put_number(self, writer, BREAKS, 0) < 0)
        return -1;
    put(self, writer, FOLLOWS_TEXT, Py_NewRef(Py_False));
    return 0;
}

/* ElementStack.push of an element that is shown */
static int
push(Reader *self, PyObject *stack, PyObject *tag, PyObject *attrs, PyObject *traits, PyObject *classes)
{
    PyObject *parent = AT(stack, INNERMOST), *element = parent;
    Py_ssize_t depth = parent == Py_None ? 0 : number_at(self, parent, DEPTH) + 1;
    if (depth < self->max_depth) {
        element = self->types[ELEMENT_TYPE]->tp_alloc(self->types[ELEMENT_TYPE], 0);
        if (element == NULL || put_number(self, element, DEPTH, depth) < 0) {
            Py_XDECREF(element);
            return -1;
        }
        put(self, element, TAG, Py_NewRef(tag));
        put(self, element, ATTRS, Py_NewRef(attrs));
        put(self, element, PARENT, Py_NewRef(parent));
        put(self, element, CLASSES, Py_NewRef(classes));
        put(self, element, HIDDEN, Py_NewRef(parent == Py_None ? name[S_EMPTY] : AT(parent, HIDDEN)));
        put(self, stack, INNERMOST, element);
    }
    PyObject *entry = PyTuple_Pack(3, tag, element, traits);
    if (entry == NULL)
        return -1;
    int outcome = PyList_Append(AT(stack, ENTRIES), entry);
    Py_DECREF(entry);
    return outcome < 0 ? -1 : add_to_count(self, stack, tag, 1);
}

/* Builder.open */
static int
open_element(Reader *self, PyObject *builder, PyObject *tag, PyObject *attrs, PyObject *look)
{
    PyObject *stack = AT(builder, STACK), *writer = AT(builder, WRITER), *traits = AT(look, LOOK_TRAITS);
    int is_simple = Py_IS_TYPE(traits, self->types[TRAITS_TYPE]) && AT(builder, FORMULA) == Py_None &&
                    is_zero(AT(AT(builder, CONTEXT), PREFORMATTED)) && AT(look, IS_SHOWN) == Py_True && AT(look, IS_NOTE) == Py_False;
    if (is_simple) {
        int nests_not = PySet_Contains(self->nests_not, tag);
        if (nests_not > 0)
            nests_not = PyUnicode_Compare(tag, name[S_A]) != 0 || count_of(self, stack, tag) != 0;
        if (PyErr_Occurred())
            return -1;
        is_simple = !nests_not;
    }
    if (!is_simple)
        return done(PyObject_CallMethodObjArgs(builder, name[S_OPEN], tag, attrs, look, NULL));
    int outcome = 0;
    if (AT(traits, BLOCK) == Py_True) {
        Py_ssize_t paragraphs = AT(traits, CLOSES_PARAGRAPH) == Py_True ? count_of(self, stack, name[S_P]) : 0;
        if (paragraphs || AT(traits, IMPLIED_ENDS) != Py_None)
            outcome = paragraphs < 0 ? -1 : done(PyObject_CallMethodOneArg(builder, name[S_OPEN_BLOCK], traits));
        else
            outcome = boundary(self, writer);
    }
    else if (AT(traits, MARK) == Py_True || PyUnicode_Compare(tag, name[S_LABEL]) == 0)
        outcome = done(PyObject_CallMethodObjArgs(builder, name[S_OPEN_INLINE], tag, attrs, traits, NULL));
    if (outcome < 0 || AT(traits, VOID) == Py_True)
        return outcome;
    if (AT(traits, CONTEXTUAL) != Py_True)
        return push(self, stack, tag, attrs, traits, AT(look, LOOK_CLASSES));
    PyObject *parent = Py_NewRef(AT(stack, INNERMOST));
    outcome = push(self, stack, tag, attrs, traits, AT(look, LOOK_CLASSES));
    if (outcome == 0)
        outcome = done(PyObject_CallMethodObjArgs(builder, name[S_ENTER], tag, attrs, traits, parent, NULL));
    Py_DECREF(parent);
    return outcome;
}

/* looks.look: a new reference */
static PyObject *
look_of(Reader *self, PyObject *tag, PyObject *attrs)
{
    PyObject *names = PyDict_GetItemWithError(attrs, name[S_CLASS]), *attribute, *value;
    if (names == NULL)
        names = name[S_EMPTY];
    int is_telling = PyErr_Occurred() ? -1 : !PyUnicode_Check(names) || PyUnicode_GET_LENGTH(names) > self->max_class_chars;
    Py_ssize_t at = 0;
    while (is_telling == 0 && PyDict_Next(attrs, &at, &attribute, &value))
        is_telling = PySet_Contains(self->telling, attribute);
    if (is_telling < 0)
        return NULL;
    if (is_telling)
        return PyObject_CallFunctionObjArgs(self->look_of, tag, attrs, NULL);
    PyObject *of_tag = PyDict_GetItemWithError(self->looks, tag);
    PyObject *look = of_tag == NULL ? NULL : PyDict_GetItemWithError(of_tag, names);
    if (look != NULL || PyErr_Occurred())
        return Py_XNewRef(look);
    look = PyObject_CallFunctionObjArgs(self->look_of, tag, attrs, NULL);
    if (look == NULL)
        return NULL;
    if (self->look_count++ == MAX_LOOKS) {
        PyDict_Clear(self->looks);
        self->look_count = 1;
        of_tag = NULL;
    }
    if (of_tag == NULL) {
        of_tag = PyDict_New();
        int outcome = of_tag == NULL ? -1 : PyDict_SetItem(self->looks, tag, of_tag);
        Py_XDECREF(of_tag); /* the cache holds it */
        if (outcome < 0) {
            Py_DECREF(look);
            return NULL;
        }
    }
    if (PyDict_SetItem(of_tag, names, look) < 0)
        Py_CLEAR(look);
    return look;
}

/* The part of Feed.take for a start tag */
static int
take_start_tag(Reader *self, PyObject *feed, PyObject *token, PyObject *following)
{
    int outcome = -1;
    PyObject *attrs = NULL, *look = NULL, *pairs = NULL, *tag = PyObject_GetAttr(token, name[S_TAG]);
    if (tag == NULL || (pairs = PyObject_GetAttr(token, name[S_ATTRS])) == NULL)
        goto finish;
    int has_attrs = PyObject_IsTrue(pairs);
    attrs = has_attrs ? PyDict_New() : Py_NewRef(self->no_attrs);
    if (has_attrs < 0 || attrs == NULL || (has_attrs && PyDict_MergeFromSeq2(attrs, pairs, 1) < 0))
        goto finish;
    if (!PyUnicode_Check(tag)) {
        outcome = call_take(feed, token, following);
        goto finish;
    }
    PyUnicode_InternInPlace(&tag);
    look = look_of(self, tag, attrs);
    if (look == NULL)
        goto finish;
    PyObject *id = has_attrs ? PyDict_GetItemWithError(attrs, name[S_ID]) : NULL;
    int is_account = id == NULL ? (PyErr_Occurred() ? -1 : 0) : PySet_Contains(self->accounts, id);
    if (is_account < 0)
        goto finish;
    if (is_account || !Py_IS_TYPE(look, self->types[LOOK_TYPE]) || AT(look, IS_ORDINARY) != Py_True) {
        outcome = done(PyObject_CallMethodObjArgs(feed, name[S_TAKE_START], token, following, tag, attrs, look, NULL));
        goto finish;
    }
    PyObject *builder = Py_NewRef(AT(feed, BUILDER));
    outcome = open_element(self, builder, tag, attrs, look);
    Py_DECREF(builder);
    put(self, feed, RAW_TAG, Py_NewRef(name[S_EMPTY]));
finish:
    Py_XDECREF(tag);
    Py_XDECREF(pairs);
    Py_XDECREF(attrs);
    Py_XDECREF(look);
    return outcome;
}

/* Builder._pop of the innermost element, whose entry this is */
static int
pop(Reader *self, PyObject *builder, PyObject *entry)
{
    PyObject *stack = AT(builder, STACK), *tag = PyTuple_GET_ITEM(entry, 0), *traits = PyTuple_GET_ITEM(entry, 2);
    if (AT(traits, BLOCK) == Py_True && boundary(self, AT(builder, WRITER)) < 0)
        return -1;
    PyObject *entries = AT(stack, ENTRIES);
    Py_ssize_t size = PyList_GET_SIZE(entries) - 1;
    if (PyList_SetSlice(entries, size, size + 1, NULL) < 0 || add_to_count(self, stack, tag, -1) < 0)
        return -1;
    put(self, stack, INNERMOST, Py_NewRef(size ? PyTuple_GET_ITEM(PyList_GET_ITEM(entries, size - 1), 1) : Py_None));
    if (AT(traits, MARK) == Py_True || AT(traits, CONTEXTUAL) == Py_True)
        return done(PyObject_CallMethodObjArgs(builder, name[S_LEAVE], tag, traits, NULL));
    return 0;
}

/* The part of Feed.take for an end tag, and Builder.close */
static int
take_end_tag(Reader *self, PyObject *feed, PyObject *token, PyObject *following)
{
    PyObject *builder = AT(feed, BUILDER), *entries = AT(AT(builder, STACK), ENTRIES);
    Py_ssize_t size = PyList_GET_SIZE(entries);
    PyObject *tag = PyObject_GetAttr(token, name[S_TAG]);
    if (tag == NULL)
        return -1;
    int is_simple = size > 0 && PyUnicode_Check(tag) && PyUnicode_GET_LENGTH(AT(feed, RAW_TAG)) == 0 &&
                    AT(builder, FORMULA) == Py_None && is_zero(AT(AT(builder, CONTEXT), PREFORMATTED)) &&
                    number_at(self, builder, NOTE) < size && number_at(self, builder, APART) != size;
    PyObject *entry = is_simple ? PyList_GET_ITEM(entries, size - 1) : NULL;
    is_simple = is_simple && Py_IS_TYPE(PyTuple_GET_ITEM(entry, 2), self->types[TRAITS_TYPE]) &&
                PyUnicode_Compare(PyTuple_GET_ITEM(entry, 0), tag) == 0 && PySet_Contains(self->ends_late, tag) == 0;
    int outcome = -1;
    if (!PyErr_Occurred()) {
        if (is_simple) {
            Py_INCREF(entry);
            Py_INCREF(builder);
            outcome = pop(self, builder, entry);
            Py_DECREF(builder);
            Py_DECREF(entry);
        }
        else
            outcome = call_take(feed, token, following);
    }
    Py_DECREF(tag);
    return outcome;
}

static int
is_folded(Py_UCS4 letter)
{
    return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r' || letter == '\f';
}

/* The letters from `first` to before `last`, runs of HTML's white space folded to a blank: a new reference */
static PyObject *
folded(PyObject *data, Py_ssize_t first, Py_ssize_t last)
{
    int kind = PyUnicode_KIND(data), is_behind_space = 0;
    const void *letters = PyUnicode_DATA(data);
    Py_ssize_t size = 0;
    Py_UCS4 largest = 0;
    for (Py_ssize_t at = first; at < last; at++) {
        Py_UCS4 letter = PyUnicode_READ(kind, letters, at);
        int is_space = is_folded(letter);
        size += !(is_space && is_behind_space);
        largest = letter > largest && !is_space ? letter : largest;
        is_behind_space = is_space;
    }
    PyObject *result = PyUnicode_New(size, largest > ' ' ? largest : ' ');
    if (result == NULL)
        return NULL;
    int kind_of_result = PyUnicode_KIND(result);
    void *written = PyUnicode_DATA(result);
    Py_ssize_t end = 0;
    is_behind_space = 0;
    for (Py_ssize_t at = first; at < last; at++) {
        Py_UCS4 letter = PyUnicode_READ(kind, letters, at);
        int is_space = is_folded(letter);
        if (!(is_space && is_behind_space))
            PyUnicode_WRITE(kind_of_result, written, end++, is_space ? ' ' : letter);
        is_behind_space = is_space;
    }
    return result;
}

/* inline._common_ancestor: borrowed */
static PyObject *
common_ancestor(Reader *self, PyObject *one, PyObject *other)
{
    while (one != other) {
        if (one == Py_None || other == Py_None)
            return Py_None;
        if (number_at(self, one, DEPTH) >= number_at(self, other, DEPTH))
            one = AT(one, PARENT);
        else
            other = AT(other, PARENT);
    }
    return one;
}

static int
position(Reader *self, PyObject *feed, PyObject *token, Py_ssize_t *result)
{
    PyObject *starts = AT(feed, LINE_STARTS), *line = PyObject_GetAttr(token, name[S_LINE]);
    PyObject *column = PyObject_GetAttr(token, name[S_COL]);
    Py_ssize_t at = line == NULL ? -1 : PyLong_AsSsize_t(line) - 1;
    *result = column == NULL ? -1 : PyLong_AsSsize_t(column);
    Py_XDECREF(line);
    Py_XDECREF(column);
    if (PyErr_Occurred())
        return -1;
    PyObject *start = PySequence_GetItem(starts, at); /* a list, of very many lines an array */
    if (start == NULL)
        return -1;
    *result += PyLong_AsSsize_t(start);
    Py_DECREF(start);
    return 0;
}

/* InlineText.add of text that is not preformatted, where no picture, no gap and no aside stands before it */
static int
add_text(Reader *self, PyObject *inline_, PyObject *data, Py_ssize_t start, Py_ssize_t end, PyObject *element)
{
    PyObject *pieces = AT(inline_, PIECES);
    Py_ssize_t size = PyUnicode_GET_LENGTH(data), first = 0, last = size;
    int kind = PyUnicode_KIND(data), is_first = PyList_GET_SIZE(pieces) == 0, is_literal = size == end - start;
    const void *letters = PyUnicode_DATA(data);
    if (is_first) {
        while (first < size && Py_UNICODE_ISSPACE(PyUnicode_READ(kind, letters, first)))
            first++;
        if (first == size)
            return 0;
        start += is_literal ? first : 0;
    }
    PyObject *piece = folded(data, first, size);
    if (piece != NULL && AT(inline_, ENDS_IN_SPACE) == Py_True && PyUnicode_READ_CHAR(piece, 0) == ' ')
        Py_SETREF(piece, PyUnicode_Substring(piece, 1, PyUnicode_GET_LENGTH(piece)));
    if (piece == NULL)
        return -1;
    Py_ssize_t length = PyUnicode_GET_LENGTH(piece);
    if (length == 0) {
        Py_DECREF(piece);
        return 0;
    }
    while (last > first && Py_UNICODE_ISSPACE(PyUnicode_READ(kind, letters, last - 1)))
        last--;
    int outcome = 0;
    if (last > first) {
        if (is_first) {
            Py_ssize_t next_start = number_at(self, inline_, NEXT_START);
            outcome = put_number(self, inline_, START, next_start >= 0 ? next_start : start);
            put(self, inline_, AROUND, Py_NewRef(element));
        }
        else if (element != AT(inline_, AROUND))
            put(self, inline_, AROUND, Py_NewRef(common_ancestor(self, AT(inline_, AROUND), element)));
        outcome = outcome < 0 ? -1 : put_number(self, inline_, END, is_literal ? end - (size - last) : end);
    }
    Py_UCS4 letter = PyUnicode_READ_CHAR(piece, length - 1);
    if (outcome == 0)
        outcome = PyList_Append(pieces, piece);
    if (outcome == 0)
        outcome = put_number(self, inline_, LENGTH, number_at(self, inline_, LENGTH) + length);
    put(self, inline_, ENDS_IN_SPACE, Py_NewRef(letter == ' ' || letter == '\n' ? Py_True : Py_False));
    Py_DECREF(piece);
    return outcome;
}

static int
is_space(PyObject *data)
{
    int kind = PyUnicode_KIND(data);
    const void *letters = PyUnicode_DATA(data);
    for (Py_ssize_t at = 0; at < PyUnicode_GET_LENGTH(data); at++)
        if (!Py_UNICODE_ISSPACE(PyUnicode_READ(kind, letters, at)))
            return 0;
    return 1;
}

/* The part of Feed.take for text and for a character reference */
static int
take_text(Reader *self, PyObject *feed, PyObject *token, PyObject *following)
{
    PyObject *builder = AT(feed, BUILDER), *writer = AT(builder, WRITER), *inline_ = AT(writer, INLINE);
    int is_simple = PyUnicode_GET_LENGTH(AT(feed, RAW_TAG)) == 0 && AT(feed, PLAIN_TEXT) == Py_None &&
                    AT(builder, FORMULA) == Py_None && is_zero(AT(AT(builder, CONTEXT), PREFORMATTED)) &&
                    PyList_GET_SIZE(AT(AT(inline_, ASIDES), ALL)) == 0;
    if (!is_simple)
        return call_take(feed, token, following);
    PyObject *data = PyObject_GetAttr(token, name[S_DATA]);
    if (data == NULL)
        return -1;
    int outcome;
    Py_ssize_t start, end;
    if (!PyUnicode_Check(data) || PyUnicode_GET_LENGTH(data) == 0)
        outcome = call_take(feed, token, following);
    else if (PyList_GET_SIZE(AT(inline_, PIECES)) == 0 && is_space(data))
        outcome = 0; /* most white space stands between blocks */
    else if (PyUnicode_GET_LENGTH(AT(writer, WRITER_APART)) || AT(inline_, IS_GAP) == Py_True || PyList_GET_SIZE(AT(inline_, IMAGES)))
        outcome = call_take(feed, token, following);
    else if (position(self, feed, token, &start) < 0 || position(self, feed, following, &end) < 0)
        outcome = -1;
    else
        outcome = add_text(self, inline_, data, start, end, AT(AT(builder, STACK), INNERMOST));
    Py_DECREF(data);
    return outcome;
}

static int
take(Reader *self, PyObject *feed, PyObject *token, PyObject *following)
{
    if (PyList_GET_SIZE(AT(feed, BYLINE)))
        return call_take(feed, token, following);
    PyObject *type = PyObject_GetAttr(token, name[S_TYPE]);
    if (type == NULL)
        return -1;
    Py_DECREF(type); /* a member of the enumeration, which holds it */
    if (type == self->text || type == self->reference)
        return take_text(self, feed, token, following);
    if (type == self->start_tag)
        return take_start_tag(self, feed, token, following);
    return type == self->end_tag ? take_end_tag(self, feed, token, following) : call_take(feed, token, following);
}

/* Whether the objects are those whose slots are known: then so are those that they make of themselves. */
static int
knows(Reader *self, PyObject *feed)
{
    static const struct { int slot, type; } PARTS[] = {
        {BUILDER, BUILDER_TYPE}, {STACK, STACK_TYPE}, {CONTEXT, CONTEXT_TYPE}, {WRITER, WRITER_TYPE}, {INLINE, INLINE_TYPE},
        {ASIDES, ASIDES_TYPE},
    };
    PyObject *part = feed, *builder = NULL;
    if (!Py_IS_TYPE(feed, self->types[FEED_TYPE]))
        return 0;
    for (size_t at = 0; at < sizeof PARTS / sizeof *PARTS; at++) {
        part = AT(SLOT[PARTS[at].slot].type == BUILDER_TYPE ? builder : part, PARTS[at].slot);
        if (part == NULL || !Py_IS_TYPE(part, self->types[PARTS[at].type]))
            return 0;
        builder = at == 0 ? part : builder;
    }
    return 1;
}

static PyObject *
reader_feed(Reader *self, PyObject *args)
{
    PyObject *feed, *tokens;
    if (!PyArg_ParseTuple(args, "OO:feed", &feed, &tokens))
        return NULL;
    if (!knows(self, feed)) {
        PyErr_SetString(PyExc_TypeError, "a feed is needed, with a builder");
        return NULL;
    }
    PyObject *iterator = PyObject_GetIter(tokens);
    if (iterator == NULL)
        return NULL;
    PyObject *token = PyIter_Next(iterator), *following = NULL;
    int outcome = 0;
    while (outcome == 0 && token != NULL && (following = PyIter_Next(iterator)) != NULL) {
        outcome = take(self, feed, token, following);
        Py_SETREF(token, following);
    }
    Py_DECREF(iterator);
    if (outcome == 0 && !PyErr_Occurred() && token != NULL)
        outcome = call_take(feed, token, Py_None);
    if (outcome < 0 || PyErr_Occurred()) {
        Py_XDECREF(token);
        return NULL;
    }
    return token != NULL ? token : Py_NewRef(Py_None);
}

/* Where a slot lies in the objects of a type; -1 with an exception set. */
static Py_ssize_t
slot_offset(PyTypeObject *type, const char *attribute)
{
    PyObject *descriptor = PyObject_GetAttrString((PyObject *)type, attribute);
    if (descriptor == NULL)
        return -1;
    Py_ssize_t offset = -1;
    if (Py_IS_TYPE(descriptor, &PyMemberDescr_Type) && ((PyMemberDescrObject *)descriptor)->d_member->type == T_OBJECT_EX)
        offset = ((PyMemberDescrObject *)descriptor)->d_member->offset;
    else
        PyErr_Format(PyExc_TypeError, "%s.%s is no slot", type->tp_name, attribute);
    Py_DECREF(descriptor);
    return offset;
}

static PyObject *
reader_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {
        "types", "token_types", "look_of", "telling", "accounts", "nests_not", "ends_late", "max_class_chars", "max_depth", NULL,
    };
    Reader *self = (Reader *)type->tp_alloc(type, 0);
    PyObject *types, *kinds;
    if (self == NULL)
        return NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!O!OO!O!O!O!nn", names, &PyTuple_Type, &types, &PyTuple_Type, &kinds, &self->look_of,
                                     &PyFrozenSet_Type, &self->telling, &PyFrozenSet_Type, &self->accounts, &PyFrozenSet_Type,
                                     &self->nests_not, &PyFrozenSet_Type, &self->ends_late, &self->max_class_chars, &self->max_depth))
        self->look_of = self->telling = self->accounts = self->nests_not = self->ends_late = NULL;
    Py_XINCREF(self->look_of);
    Py_XINCREF(self->telling);
    Py_XINCREF(self->accounts);
    Py_XINCREF(self->nests_not);
    Py_XINCREF(self->ends_late);
    self->no_attrs = PyDict_New();
    self->looks = PyDict_New();
    if (PyErr_Occurred())
        goto failure;
    if (PyTuple_GET_SIZE(types) != TYPES || PyTuple_GET_SIZE(kinds) != 4) {
        PyErr_SetString(PyExc_ValueError, "ten types of objects and four of tokens are needed");
        goto failure;
    }
    for (int at = 0; at < TYPES; at++) {
        if (!PyType_Check(PyTuple_GET_ITEM(types, at))) {
            PyErr_SetString(PyExc_TypeError, "a type is needed");
            goto failure;
        }
        self->types[at] = (PyTypeObject *)Py_NewRef(PyTuple_GET_ITEM(types, at));
    }
    for (int at = 0; at < SLOTS; at++)
        if ((self->offsets[at] = slot_offset(self->types[SLOT[at].type], SLOT[at].name)) < 0)
            goto failure;
    self->text = Py_NewRef(PyTuple_GET_ITEM(kinds, 0));
    self->reference = Py_NewRef(PyTuple_GET_ITEM(kinds, 1));
    self->start_tag = Py_NewRef(PyTuple_GET_ITEM(kinds, 2));
    self->end_tag = Py_NewRef(PyTuple_GET_ITEM(kinds, 3));
    return (PyObject *)self;
failure:
    Py_DECREF(self);
    return NULL;
}

static void
reader_dealloc(Reader *self)
{
    PyTypeObject *type = Py_TYPE((PyObject *)self);
    PyObject *parts[] = {
        self->text, self->reference, self->start_tag, self->end_tag, self->look_of, self->telling, self->accounts, self->nests_not,
        self->ends_late, self->no_attrs, self->looks,
    };
    for (size_t at = 0; at < sizeof parts / sizeof *parts; at++)
        Py_XDECREF(parts[at]);
    for (int at = 0; at < TYPES; at++)
        Py_XDECREF(self->types[at]);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyMethodDef reader_methods[] = {
    {"feed", (PyCFunction)reader_feed, METH_VARARGS,
     "feed(feed, tokens)\n--\n\n"
     "Take each token, as feed.take does with the token after it; return the last one, None without any."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot reader_slots[] = {
    {Py_tp_doc, "Takes the ordinary tokens of pages. `types` are the classes that html.py works with, in order."},
    {Py_tp_new, reader_new},
    {Py_tp_dealloc, reader_dealloc},
    {Py_tp_methods, reader_methods},
    {0, NULL},
};

static PyType_Spec reader_spec = {"seedclean.readers._ordinary.Reader", sizeof(Reader), 0, Py_TPFLAGS_DEFAULT, reader_slots};

static int
fill_module(PyObject *module)
{
    for (int at = 0; at < STRINGS; at++)
        if (name[at] == NULL && (name[at] = PyUnicode_InternFromString(NAME[at])) == NULL)
            return -1;
    PyObject *type = PyType_FromModuleAndSpec(module, &reader_spec, NULL);
    if (type == NULL)
        return -1;
    int outcome = PyModule_AddType(module, (PyTypeObject *)type);
    Py_DECREF(type);
    return outcome;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, fill_module},
    {0, NULL},
};

static PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_ordinary", "The ordinary tokens of a page.", 0, NULL, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit__ordinary(void)
{
    return PyModuleDef_Init(&module);
}
