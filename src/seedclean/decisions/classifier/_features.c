/* What features cost most to compute, with the same numbers as in Python: the signs and words of a text, what its wording says,
   shares over windows of blocks, and the elements around blocks. Each part names the function in Python that it equals, and that
   a change is made to first; tests/test_compiled.py compares them.

   Words and pieces are data: tables are made of the dictionaries that Python has. Nothing here depends on a version of Unicode but
   what the interpreter answers itself: lower case, white space, decimal digits. Sums are added in the order of Python's. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

/* Tables of numbers by strings. */

/* A string of `size` code points from `begin` on, and its number. An empty entry has no size. */
typedef struct {
    uint32_t hash, begin, size;
    int32_t number;
} Entry;

/* Open addressing; at least half of the entries are empty. */
typedef struct {
    Entry *entries;
    size_t mask;
    Py_UCS4 *letters;
} Table;

/* FNV-1a, by code points. */
static uint32_t
hash_of(const Py_UCS4 *text, Py_ssize_t size)
{
    uint32_t hash = 2166136261u;
    for (Py_ssize_t at = 0; at < size; at++)
        hash = (hash ^ text[at]) * 16777619u;
    return hash ^ hash >> 15;
}

static Entry *
entry_of(const Table *table, const Py_UCS4 *text, Py_ssize_t size, uint32_t hash)
{
    size_t at = hash & table->mask;
    for (;; at = (at + 1) & table->mask) {
        Entry *entry = table->entries + at;
        if (!entry->size)
            return entry;
        if (entry->hash == hash && entry->size == size &&
            !memcmp(table->letters + entry->begin, text, (size_t)size * sizeof(Py_UCS4)))
            return entry;
    }
}

/* The number of a string, 0 for one that the table does not have. */
static int32_t
number_of(const Table *table, const Py_UCS4 *text, Py_ssize_t size, uint32_t hash)
{
    return entry_of(table, text, size, hash)->number;
}

/* Fill an empty table from a dictionary of strings and numbers; -1 with an exception set. */
static int
fill(Table *table, PyObject *numbers)
{
    Py_ssize_t place = 0, letters = 0;
    PyObject *key, *value;
    while (PyDict_Next(numbers, &place, &key, &value)) {
        if (!PyUnicode_Check(key) || !PyUnicode_GET_LENGTH(key)) {
            PyErr_SetString(PyExc_ValueError, "a table has strings with a letter");
            return -1;
        }
        letters += PyUnicode_GET_LENGTH(key);
    }
    size_t room = 8;
    while (room < 2 * (size_t)PyDict_Size(numbers))
        room *= 2;
    if (letters >= UINT32_MAX) {
        PyErr_SetString(PyExc_OverflowError, "too many letters");
        return -1;
    }
    table->entries = PyMem_Calloc(room, sizeof(Entry));
    table->letters = PyMem_Malloc((size_t)(letters + 1) * sizeof(Py_UCS4)); /* PyUnicode_AsUCS4 asks for an end */
    if (table->entries == NULL || table->letters == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    table->mask = room - 1;
    uint32_t begin = 0;
    place = 0;
    while (PyDict_Next(numbers, &place, &key, &value)) {
        Py_ssize_t size = PyUnicode_GET_LENGTH(key);
        int overflow;
        long number = PyLong_AsLongAndOverflow(value, &overflow);
        if (number == -1 && PyErr_Occurred())
            return -1;
        if (overflow || number > INT32_MAX || number < INT32_MIN) {
            PyErr_SetString(PyExc_OverflowError, "a number is too large for a table");
            return -1;
        }
        Py_UCS4 *text = table->letters + begin;
        if (PyUnicode_AsUCS4(key, text, letters - begin, 0) == NULL)
            return -1;
        uint32_t hash = hash_of(text, size);
        *entry_of(table, text, size, hash) = (Entry){hash, begin, (uint32_t)size, (int32_t)number};
        begin += (uint32_t)size;
    }
    return 0;
}

/* Two tables: the English and the Chinese words of a Lexicon, the letters and the words of a Wording. */
typedef struct {
    PyObject_HEAD
    Table tables[2];
} Tables;

static PyObject *
tables_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *first, *second;
    if (kwargs != NULL && PyDict_Size(kwargs)) {
        PyErr_SetString(PyExc_TypeError, "two dictionaries without names are asked for");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "O!O!", &PyDict_Type, &first, &PyDict_Type, &second))
        return NULL;
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Tables *self = (Tables *)allocate(type, 0);
    if (self == NULL)
        return NULL;
    if (fill(&self->tables[0], first) < 0 || fill(&self->tables[1], second) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static void
tables_dealloc(Tables *self)
{
    PyTypeObject *type = Py_TYPE((PyObject *)self);
    for (int at = 0; at < 2; at++) {
        PyMem_Free(self->tables[at].entries);
        PyMem_Free(self->tables[at].letters);
    }
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

/* The ends of a text. */

/* No more than so many code points are copied of a text; lower case makes at most three of one. */
enum { ENDS = 96, LOWER = 3 * ENDS };

/* Write a text in lower case; of one longer than `head` and `tail` together both ends, with `joint` between them. Returns the
   length, at most LOWER; -1 with an exception set. */
static Py_ssize_t
lower_ends(PyObject *text, Py_ssize_t head, Py_ssize_t tail, Py_UCS4 joint, Py_UCS4 *ends)
{
    Py_ssize_t size = PyUnicode_GET_LENGTH(text), count = 0;
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    int is_long = size > head + tail;
    Py_UCS4 bits = 0;
    for (Py_ssize_t at = 0; at < (is_long ? head : size); at++)
        bits |= ends[count++] = PyUnicode_READ(kind, data, at);
    if (is_long) {
        ends[count++] = joint;
        for (Py_ssize_t at = size - tail; at < size; at++)
            bits |= ends[count++] = PyUnicode_READ(kind, data, at);
    }
    if (bits < 0x80) {
        for (Py_ssize_t at = 0; at < count; at++)
            if ('A' <= ends[at] && ends[at] <= 'Z')
                ends[at] += 'a' - 'A';
        return count;
    }
    PyObject *cut = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, ends, count);
    if (cut == NULL)
        return -1;
    PyObject *lower = PyObject_CallMethod(cut, "lower", NULL);
    Py_DECREF(cut);
    if (lower == NULL)
        return -1;
    count = PyUnicode_GET_LENGTH(lower);
    Py_UCS4 *written = PyUnicode_AsUCS4(lower, ends, LOWER, 0); /* SystemError where it is longer */
    Py_DECREF(lower);
    return written == NULL ? -1 : count;
}

/* The features of a text. */

enum { HEAD = 60, TAIL = 30, PUNCTUATION_CHARS = 9, SHORT = 200 };
static const double CHARS_PER_WORD = 1.7;

enum { SPACE = 1, STOP = 2, SEPARATOR = 4, CJK = 8 };
static const unsigned char SIGNS[128] = {
    [' '] = SPACE, ['!'] = STOP, ['?'] = STOP, [';'] = STOP, [','] = STOP, [':'] = STOP, ['.'] = STOP,
    ['|'] = SEPARATOR, ['>'] = SEPARATOR, ['/'] = SEPARATOR,
};

/* What a code point beyond ASCII counts as: see `_PUNCTUATION`, `_SEPARATOR` and `_CJK`. */
static int
foreign_sign(Py_UCS4 letter)
{
    switch (letter) {
    case 0x3002: case 0xFF01: case 0xFF1F: case 0xFF1B: case 0xFF0C: case 0x3001: case 0xFF1A: case 0x2026:
        return STOP;
    case 0xFF5C: case 0x203A: case 0xBB: case 0xB7: case 0x2022: case 0x250A: case 0x2502:
        return SEPARATOR;
    }
    return (0x1100 <= letter && letter <= 0x11FF) || (0x3040 <= letter && letter <= 0x30FF) ||
                   (0x3130 <= letter && letter <= 0x318F) || (0x31F0 <= letter && letter <= 0x31FF) ||
                   (0x3400 <= letter && letter <= 0x4DBF) || (0x4E00 <= letter && letter <= 0x9FFF) ||
                   (0xAC00 <= letter && letter <= 0xD7AF) || (0xF900 <= letter && letter <= 0xFAFF) ||
                   (0xFF66 <= letter && letter <= 0xFF9F) || (0x20000 <= letter && letter <= 0x3134F)
               ? CJK : 0;
}

/* The numbers of spaces, stops, separators and CJK letters in a text. */
typedef struct {
    Py_ssize_t spaces, stops, separators, cjk;
} Counts;

static Counts
counts_of(PyObject *text)
{
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Counts counts = {0, 0, 0, 0};
    for (Py_ssize_t at = 0; at < size; at++) {
        Py_UCS4 letter = PyUnicode_READ(kind, data, at);
        int sign = letter < 0x80 ? SIGNS[letter] : foreign_sign(letter);
        counts.spaces += sign & SPACE;
        counts.stops += sign >> 1 & 1;
        counts.separators += sign >> 2 & 1;
        counts.cjk += sign >> 3;
    }
    return counts;
}

/* The groups of the interface words in a text, and the number of letters that these words cover: `_interface_words`. */
static Py_ssize_t
interface_words(const Tables *self, const Py_UCS4 *text, Py_ssize_t size, Py_ssize_t cjk, long *groups)
{
    Py_ssize_t covered = 0;
    for (Py_ssize_t at = 0; cjk < size && at < size;) {
        Py_ssize_t begin = at;
        while (at < size && (('a' <= text[at] && text[at] <= 'z') || text[at] == 0xA9))
            at++;
        if (at == begin) {
            at++;
            continue;
        }
        int32_t bits = number_of(&self->tables[0], text + begin, at - begin, hash_of(text + begin, at - begin));
        *groups |= bits;
        covered += bits ? at - begin : 0;
    }
    for (Py_ssize_t at = 0; cjk && at + 1 < size;) {
        int32_t bits = number_of(&self->tables[1], text + at, 2, hash_of(text + at, 2));
        if (!bits && at + 2 < size)
            bits = number_of(&self->tables[1], text + at, 3, hash_of(text + at, 3));
        *groups |= bits;
        covered += bits ? 2 : 0;
        at += bits ? 2 : 1;
    }
    return covered;
}

static PyObject *
lexicon_text_features(Tables *self, PyObject *text)
{
    if (!PyUnicode_Check(text) || !PyUnicode_GET_LENGTH(text)) {
        PyErr_SetString(PyExc_ValueError, "a text with a letter is asked for");
        return NULL;
    }
    Py_UCS4 lower[LOWER];
    Py_ssize_t size = PyUnicode_GET_LENGTH(text), ends = lower_ends(text, HEAD, TAIL, ' ', lower), digits = 0;
    if (ends < 0)
        return NULL;
    for (Py_ssize_t at = 0; at < ends; at++)
        digits += Py_UNICODE_ISDECIMAL(lower[at]) != 0;
    Counts counts = counts_of(text);
    long groups = 0;
    Py_ssize_t covered = interface_words(self, lower, ends, counts.cjk, &groups);
    return Py_BuildValue(
        "(dddddldO)", (double)counts.cjk / CHARS_PER_WORD + (double)(counts.cjk < size ? counts.spaces + 1 : 0),
        (double)counts.cjk / (double)size, (double)digits / (double)ends,
        (double)(size >= PUNCTUATION_CHARS ? counts.stops : 0), (double)(size <= SHORT ? counts.separators : 0), groups,
        (double)covered / (double)ends, digits && size <= SHORT ? Py_True : Py_False);
}

/* What the wording of a text says. */

enum { LETTERS = 20, WORD_CHARS = 40, RUNS = 3, WHOLE_LETTERS = 12, WHOLE_WORDS = 6, BUCKETS = 20, SCALE = 20 };
enum { LETTERS_BUCKET = 5, WORDS_BUCKET = 8 };
static const double LIMIT = 6.0;

/* The most pieces of a text: its runs of letters, its length and the whole; words and pairs of words are fewer. */
enum { PIECES = RUNS * (LOWER + 2) + 2, SLOTS = 2048 };

/* The different pieces of a text, as parts of `text`. A slot has the number of a piece, counted from 1. */
typedef struct {
    Py_UCS4 text[2 * LOWER + 16];
    uint32_t hashes[PIECES];
    uint16_t begins[PIECES], sizes[PIECES], slots[SLOTS];
    int count;
    unsigned mask;
} Pieces;

static void
add_piece(Pieces *pieces, Py_ssize_t begin, Py_ssize_t end)
{
    const Py_UCS4 *text = pieces->text + begin;
    Py_ssize_t size = end - begin;
    uint32_t hash = hash_of(text, size);
    unsigned at = hash & pieces->mask;
    for (; pieces->slots[at]; at = (at + 1) & pieces->mask) {
        int other = pieces->slots[at] - 1;
        if (pieces->hashes[other] == hash && pieces->sizes[other] == size &&
            !memcmp(pieces->text + pieces->begins[other], text, (size_t)size * sizeof(Py_UCS4)))
            return;
    }
    int number = pieces->count++;
    pieces->hashes[number] = hash;
    pieces->begins[number] = (uint16_t)begin;
    pieces->sizes[number] = (uint16_t)size;
    pieces->slots[at] = (uint16_t)(number + 1);
}

/* Begin with no pieces, and room for at most so many. */
static void
clear(Pieces *pieces, Py_ssize_t most)
{
    unsigned room = 64;
    while (room < 2 * most)
        room *= 2;
    memset(pieces->slots, 0, room * sizeof(uint16_t));
    pieces->mask = room - 1;
    pieces->count = 0;
}

/* The piece that stands for a length: `_length`. It is written behind the text. */
static void
add_length(Pieces *pieces, Py_ssize_t behind, Py_ssize_t size, Py_ssize_t bucket)
{
    Py_ssize_t number = size / bucket < BUCKETS ? size / bucket : BUCKETS, end = behind;
    pieces->text[end++] = '\n';
    if (number >= 10)
        pieces->text[end++] = (Py_UCS4)('0' + number / 10);
    pieces->text[end++] = (Py_UCS4)('0' + number % 10);
    add_piece(pieces, behind, end);
}

/* Write the ends of a text in lower case with single blanks between words: `_ends`. Returns the length; -1 with an exception set. */
static Py_ssize_t
worded_ends(PyObject *text, Py_ssize_t reach, Py_UCS4 *ends)
{
    Py_ssize_t size = lower_ends(text, reach, reach, 0x2026, ends), count = 0;
    for (Py_ssize_t at = 0; at < size; at++) {
        if (!Py_UNICODE_ISSPACE(ends[at]))
            ends[count++] = ends[at];
        else if (count && ends[count - 1] != ' ')
            ends[count++] = ' ';
    }
    return size < 0 ? -1 : count - (count && ends[count - 1] == ' ');
}

/* `_runs_of_letters`; -1 with an exception set. */
static int
runs_of_letters(PyObject *text, Pieces *pieces)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), size = worded_ends(text, LETTERS, pieces->text + 1);
    if (size < 0)
        return -1;
    pieces->text[0] = '^';
    pieces->text[size + 1] = '$';
    size += 2;
    clear(pieces, RUNS * size + 2);
    for (Py_ssize_t run = 1; run <= RUNS; run++)
        for (Py_ssize_t at = 0; at + run <= size; at++)
            add_piece(pieces, at, at + run);
    add_length(pieces, size, length, LETTERS_BUCKET);
    if (length <= WHOLE_LETTERS)
        add_piece(pieces, 0, size);
    return 0;
}

/* Whether a code point is a word by itself: `_SIGNS`. */
static int
is_sign(Py_UCS4 letter)
{
    if (letter < 0x80)
        return ('!' <= letter && letter <= '/') || (':' <= letter && letter <= '@') || ('[' <= letter && letter <= '`') ||
               ('{' <= letter && letter <= '~');
    return (0x2010 <= letter && letter <= 0x2027) || (0x2030 <= letter && letter <= 0x205E) || letter == 0xAB ||
           letter == 0xBB || letter == 0xB7 || letter == 0xA9 || letter == 0xAE;
}

static int
is_digit(Py_UCS4 letter)
{
    return '0' <= letter && letter <= '9';
}

/* `_words_and_pairs`; -1 with an exception set. The words are written to `text` with a blank between two of them. */
static int
words_and_pairs(PyObject *text, Pieces *pieces)
{
    Py_UCS4 ends[LOWER], *words = pieces->text;
    uint16_t begins[LOWER + 2], stops[LOWER + 2];
    Py_ssize_t size = worded_ends(text, WORD_CHARS, ends), count = 1, end = 1;
    if (size < 0)
        return -1;
    words[0] = '^';
    begins[0] = 0;
    stops[0] = 1;
    for (Py_ssize_t at = 0; at < size; count++) {
        at += ends[at] == ' ';
        words[end++] = ' ';
        begins[count] = (uint16_t)end;
        if (is_digit(ends[at])) {
            words[end++] = '0';
            while (at < size && is_digit(ends[at]))
                at++;
        }
        else if (is_sign(ends[at]))
            words[end++] = ends[at++];
        else
            while (at < size && ends[at] != ' ' && !is_digit(ends[at]) && !is_sign(ends[at]))
                words[end++] = ends[at++];
        stops[count] = (uint16_t)end;
    }
    words[end++] = ' ';
    begins[count] = (uint16_t)end;
    words[end++] = '$';
    stops[count++] = (uint16_t)end;
    clear(pieces, 2 * count + 1);
    for (Py_ssize_t at = 0; at < count; at++)
        add_piece(pieces, begins[at], stops[at]);
    for (Py_ssize_t at = 0; at + 1 < count; at++)
        add_piece(pieces, begins[at], stops[at + 1]);
    add_length(pieces, end, PyUnicode_GET_LENGTH(text), WORDS_BUCKET);
    if (count - 2 <= WHOLE_WORDS)
        add_piece(pieces, 0, end);
    return 0;
}

/* Set the log-odds of the wording of one text, by its letters if `is_cjk`; -1 with an exception set. */
static int
text_log_odds(const Tables *self, PyObject *text, int is_cjk, double bias, double *odds)
{
    Pieces pieces;
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "a text is asked for");
        return -1;
    }
    if ((is_cjk ? runs_of_letters(text, &pieces) : words_and_pairs(text, &pieces)) < 0)
        return -1;
    const Table *table = &self->tables[is_cjk ? 0 : 1];
    int64_t total = 0;
    for (int at = 0; at < pieces.count; at++)
        total += number_of(table, pieces.text + pieces.begins[at], pieces.sizes[at], pieces.hashes[at]);
    double sum = bias + (double)total / SCALE / sqrt((double)(pieces.count + 1));
    *odds = sum < -LIMIT ? -LIMIT : sum > LIMIT ? LIMIT : sum;
    return 0;
}

static PyObject *
wording_log_odds(Tables *self, PyObject *args)
{
    PyObject *texts, *shares, *result = NULL;
    double bias;
    if (!PyArg_ParseTuple(args, "OOd:log_odds", &texts, &shares, &bias))
        return NULL;
    texts = PySequence_Fast(texts, "a sequence of texts is asked for");
    shares = texts == NULL ? NULL : PySequence_Fast(shares, "a sequence of shares is asked for");
    if (shares == NULL)
        goto failure;
    Py_ssize_t count = PySequence_Fast_GET_SIZE(texts);
    if (PySequence_Fast_GET_SIZE(shares) != count) {
        PyErr_SetString(PyExc_ValueError, "there is not one share for each text");
        goto failure;
    }
    if ((result = PyList_New(count)) == NULL)
        goto failure;
    for (Py_ssize_t at = 0; at < count; at++) {
        PyObject *share = PySequence_Fast_GET_ITEM(shares, at), *value;
        double odds;
        if (!PyFloat_Check(share)) {
            PyErr_SetString(PyExc_TypeError, "a share is a float");
            goto failure;
        }
        int is_cjk = PyFloat_AS_DOUBLE(share) * 3 >= 1;
        if (text_log_odds(self, PySequence_Fast_GET_ITEM(texts, at), is_cjk, bias, &odds) < 0 ||
            (value = PyFloat_FromDouble(odds)) == NULL)
            goto failure;
        PyList_SET_ITEM(result, at, value);
    }
    Py_DECREF(texts);
    Py_DECREF(shares);
    return result;
failure:
    Py_XDECREF(texts);
    Py_XDECREF(shares);
    Py_XDECREF(result);
    return NULL;
}

/* Windows of blocks. */

/* A column of numbers, and the sums of the first 0, 1, 2, ... of them. */
typedef struct {
    double *values, *sums;
} Column;

/* A share in windows: the sums of a column, divided by those of another; undivided where that has no values. */
typedef struct {
    Column of, by;
} Share;

/* Read a column of `count` numbers; -1 with an exception set. */
static int
read_column(Column *column, PyObject *values, Py_ssize_t count)
{
    PyObject *items = PySequence_Fast(values, "a column is a sequence");
    if (items == NULL)
        return -1;
    if (PySequence_Fast_GET_SIZE(items) != count) {
        PyErr_SetString(PyExc_ValueError, "the columns differ in length");
        goto failure;
    }
    column->values = PyMem_Malloc((size_t)(2 * count + 1) * sizeof(double));
    if (column->values == NULL) {
        PyErr_NoMemory();
        goto failure;
    }
    column->sums = column->values + count;
    column->sums[0] = 0.0;
    for (Py_ssize_t at = 0; at < count; at++) {
        PyObject *item = PySequence_Fast_GET_ITEM(items, at);
        if (!PyFloat_Check(item)) {
            PyErr_SetString(PyExc_TypeError, "a column has floats");
            goto failure;
        }
        column->values[at] = PyFloat_AS_DOUBLE(item);
        column->sums[at + 1] = column->sums[at] + column->values[at];
    }
    Py_DECREF(items);
    return 0;
failure:
    Py_DECREF(items);
    return -1;
}

/* The sum over the blocks from `begin` to before `end`, `without` the block in their midst. */
static double
window_sum(const Column *column, Py_ssize_t at, Py_ssize_t begin, Py_ssize_t end, int without)
{
    double sum = column->sums[end] - column->sums[begin];
    return without ? sum - column->values[at] : sum;
}

static Py_ssize_t
between(Py_ssize_t least, Py_ssize_t value, Py_ssize_t most)
{
    return value < least ? least : value > most ? most : value;
}

/* Write the shares of all blocks in a window, each block's `stride` numbers behind those of the block before. */
static void
write_shares(const Share *shares, Py_ssize_t share_count, Py_ssize_t count, Py_ssize_t first, Py_ssize_t last, int others,
             double empty, double *result, Py_ssize_t stride)
{
    int without = others && first <= 0 && 0 <= last;
    for (Py_ssize_t at = 0; at < count; at++, result += stride) {
        Py_ssize_t begin = between(0, at + first, count), end = between(0, at + last + 1, count);
        for (Py_ssize_t number = 0; number < share_count; number++) {
            const Share *share = shares + number;
            double sum = window_sum(&share->of, at, begin, end, without);
            if (share->by.values != NULL) {
                double divisor = window_sum(&share->by, at, begin, end, without);
                sum = begin == end ? empty : sum / (divisor == 0.0 ? 1.0 : divisor);
            }
            result[number] = sum;
        }
    }
}

static PyObject *
window_shares(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *parts, *windows, *result = NULL;
    Py_ssize_t count;
    int others;
    double empty;
    if (!PyArg_ParseTuple(args, "O!O!npd:window_shares", &PyTuple_Type, &parts, &PyTuple_Type, &windows, &count, &others,
                          &empty))
        return NULL;
    Py_ssize_t share_count = PyTuple_GET_SIZE(parts), width = share_count * PyTuple_GET_SIZE(windows);
    if (count < 0 || (width && count > PY_SSIZE_T_MAX / 16 / width)) {
        PyErr_SetString(PyExc_ValueError, "so many blocks have no memory");
        return NULL;
    }
    Share *shares = PyMem_Calloc((size_t)share_count + 1, sizeof(Share));
    if (shares == NULL)
        return PyErr_NoMemory();
    for (Py_ssize_t at = 0; at < share_count; at++) {
        PyObject *of, *by;
        if (!PyArg_ParseTuple(PyTuple_GET_ITEM(parts, at), "OO", &of, &by) || read_column(&shares[at].of, of, count) < 0 ||
            (by != Py_None && read_column(&shares[at].by, by, count) < 0))
            goto end;
    }
    result = PyBytes_FromStringAndSize(NULL, count * width * (Py_ssize_t)sizeof(double));
    for (Py_ssize_t at = 0; result != NULL && at < PyTuple_GET_SIZE(windows); at++) {
        Py_ssize_t first, last;
        if (!PyArg_ParseTuple(PyTuple_GET_ITEM(windows, at), "nn", &first, &last)) {
            Py_CLEAR(result);
            goto end;
        }
        write_shares(shares, share_count, count, between(-count, first, count), between(-count, last, count), others, empty,
                     (double *)(void *)PyBytes_AS_STRING(result) + at * share_count, width);
    }
end:
    for (Py_ssize_t at = 0; at < share_count; at++) {
        PyMem_Free(shares[at].of.values);
        PyMem_Free(shares[at].by.values);
    }
    PyMem_Free(shares);
    return result;
}

/* The elements around blocks: `ElementTree.columns`. */

enum { TARGETS = 3, BODIES = 3, LEVELS = 4, STATISTICS = 7, TAGS = 18, PARTS = 15 };
enum { ROW = 2 + 2 * TARGETS + 2 * BODIES + TAGS + 2 * PARTS + LEVELS * STATISTICS };
static const double SHARES[TARGETS] = {0.33, 0.55, 0.8};
static const double FAR_AWAY = 12.0;

/* Where an element stands to a target or a body: see element_positions.py. */
typedef struct {
    double inside, other;
} Position;

/* One element with the blocks in it: `ElementStats`. Others are meant by their place, and none by -1. */
typedef struct {
    Py_ssize_t parent;
    double words, link_words, prose, blocks, headings, images, depth;
    long tag_bits, own_bits, part_bits, bodies, hidden;
    int is_on_path[TARGETS];
    Position targets[TARGETS], body_positions[BODIES];
    double statistics[STATISTICS];
    Py_ssize_t levels[LEVELS], outer_levels[LEVELS];
} Stats;

/* Set a whole number from `least` to before `end`; -1 with an exception set. */
static int
read_number(PyObject *item, Py_ssize_t least, Py_ssize_t end, Py_ssize_t *number)
{
    *number = PyLong_Check(item) ? PyLong_AsSsize_t(item) : -2;
    if (*number >= least && *number < end)
        return 0;
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "a place lies outside of the elements, or is no whole number");
    return -1;
}

/* Read what elements say of themselves: `OwnNames`, and the place of the parent, which comes before. -1 with an exception set. */
static int
read_elements(Stats *all, Py_ssize_t count, PyObject *parents, PyObject *names)
{
    for (Py_ssize_t at = 0; at < count; at++) {
        Stats *one = all + at;
        if (read_number(PyList_GET_ITEM(parents, at), -1, at, &one->parent) < 0)
            return -1;
        if (!PyArg_ParseTuple(PyList_GET_ITEM(names, at), "lllll", &one->tag_bits, &one->own_bits, &one->part_bits,
                              &one->bodies, &one->hidden))
            return -1;
        if (one->parent >= 0) {
            const Stats *parent = all + one->parent;
            one->tag_bits |= parent->tag_bits;
            one->part_bits |= parent->part_bits;
            one->hidden |= parent->hidden;
            one->depth = parent->depth + 1.0;
        }
    }
    return 0;
}

/* `ElementTree._measured` until `_add_up`. `of` are the places of the blocks' elements. */
static void
add_blocks(Stats *all, Py_ssize_t count, const Py_ssize_t *of, Py_ssize_t block_count, const Column *columns)
{
    for (Py_ssize_t at = 0; at < block_count; at++) {
        if (of[at] < 0)
            continue;
        Stats *one = all + of[at];
        one->words += columns[0].values[at];
        one->link_words += columns[1].values[at];
        one->prose += columns[2].values[at];
        one->headings += columns[3].values[at];
        one->blocks += 1.0;
    }
    for (Py_ssize_t at = count - 1; at >= 0; at--) {
        const Stats *one = all + at;
        if (one->parent < 0)
            continue;
        Stats *parent = all + one->parent;
        parent->words += one->words;
        parent->link_words += one->link_words;
        parent->prose += one->prose;
        parent->blocks += one->blocks;
        parent->headings += one->headings;
        parent->images += one->images;
    }
}

/* The place of the innermost element with so much prose: `_innermost`. */
static Py_ssize_t
innermost(const Stats *all, Py_ssize_t count, double prose)
{
    Py_ssize_t best = -1;
    for (Py_ssize_t at = 0; at < count; at++)
        if (all[at].prose > 0 && all[at].prose >= prose && (best < 0 || all[at].depth > all[best].depth))
            best = at;
    return best;
}

/* The place of the best candidate for a body: `_body_score`. */
static Py_ssize_t
best_body(const Stats *all, Py_ssize_t count, int body)
{
    Py_ssize_t best = -1;
    double most = 0.0;
    for (Py_ssize_t at = 0; at < count; at++) {
        const Stats *one = all + at;
        if (one->prose <= 0 || !(one->bodies >> body & 1))
            continue;
        double score = one->prose - (one->words - one->prose) / 2;
        if (best < 0 || score > most || (score == most && one->depth > all[best].depth)) {
            best = at;
            most = score;
        }
    }
    return best;
}

/* `_locate`. */
static void
locate(Stats *all, Py_ssize_t count, double total)
{
    Py_ssize_t targets[TARGETS], bodies[BODIES];
    Position outside[BODIES];
    for (int number = 0; number < TARGETS; number++) {
        targets[number] = innermost(all, count, SHARES[number] * total);
        for (Py_ssize_t at = targets[number]; at >= 0; at = all[at].parent)
            all[at].is_on_path[number] = 1;
    }
    for (int number = 0; number < BODIES; number++) {
        Py_ssize_t body = bodies[number] = best_body(all, count, number);
        outside[number] = body < 0 ? (Position){0.0, 0.0} : (Position){-1.0, all[body].prose / total};
    }
    for (Py_ssize_t at = 0; at < count; at++) {
        Stats *one = all + at;
        const Stats *parent = one->parent < 0 ? NULL : all + one->parent;
        for (int number = 0; number < TARGETS; number++) {
            Position around = parent ? parent->targets[number] : (Position){0.0, 0.0};
            double farther = around.other + 1.0 < FAR_AWAY ? around.other + 1.0 : FAR_AWAY;
            one->targets[number] = at == targets[number]                          ? (Position){1.0, 0.0}
                                   : around.inside != 0.0                         ? around
                                   : one->is_on_path[number]                      ? (Position){0.0, 0.0}
                                                                                  : (Position){0.0, farther};
        }
        for (int number = 0; number < BODIES; number++) {
            Position around = parent ? parent->body_positions[number] : outside[number];
            one->body_positions[number] = at == bodies[number] ? (Position){1.0, around.other} : around;
        }
    }
}

/* `ElementStats.measure`, for all elements with blocks. */
static void
measure(Stats *all, Py_ssize_t count, double total)
{
    for (Py_ssize_t at = 0; at < count; at++) {
        Stats *one = all + at;
        if (one->blocks == 0.0)
            continue;
        double words = one->words == 0.0 ? 1.0 : one->words;
        double statistics[STATISTICS] = {
            one->words, one->link_words / words, one->prose / words, one->prose / total, one->blocks,
            one->images / one->blocks, one->headings / one->blocks,
        };
        memcpy(one->statistics, statistics, sizeof statistics);
        const Stats *parent = one->parent < 0 ? NULL : all + one->parent;
        for (int level = 0; level < LEVELS; level++)
            one->outer_levels[level] = parent == NULL                  ? -1
                                       : parent->blocks > one->blocks ? parent->levels[level]
                                                                       : parent->outer_levels[level];
        one->levels[0] = at;
        memcpy(one->levels + 1, one->outer_levels, (LEVELS - 1) * sizeof(Py_ssize_t));
    }
}

static double *
write_bits(double *row, long mask, int count)
{
    for (int bit = 0; bit < count; bit++)
        *row++ = (double)(mask >> bit & 1);
    return row;
}

/* `_row`. */
static void
write_row(double *row, const Stats *all, Py_ssize_t at)
{
    if (at < 0) {
        for (int column = 0; column < ROW; column++)
            row[column] = column < ROW - LEVELS * STATISTICS ? 0.0 : -1.0;
        return;
    }
    const Stats *one = all + at;
    *row++ = (double)one->hidden;
    *row++ = one->depth;
    memcpy(row, one->targets, sizeof one->targets);
    row += 2 * TARGETS;
    memcpy(row, one->body_positions, sizeof one->body_positions);
    row += 2 * BODIES;
    row = write_bits(row, one->tag_bits, TAGS);
    row = write_bits(row, one->part_bits, PARTS);
    row = write_bits(row, one->own_bits | (one->parent < 0 ? 0 : all[one->parent].own_bits), PARTS);
    for (int level = 0; level < LEVELS; level++, row += STATISTICS) {
        if (one->levels[level] >= 0)
            memcpy(row, all[one->levels[level]].statistics, sizeof one->statistics);
        else
            for (int column = 0; column < STATISTICS; column++)
                row[column] = -1.0;
    }
}

static PyObject *
element_rows(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *parents, *names, *places, *images, *numbers, *result = NULL;
    Column columns[4] = {{NULL, NULL}};
    double total;
    if (!PyArg_ParseTuple(args, "O!O!O!O!O!d:element_rows", &PyList_Type, &parents, &PyList_Type, &names, &PyList_Type, &places,
                          &PyList_Type, &images, &PyTuple_Type, &numbers, &total))
        return NULL;
    Py_ssize_t count = PyList_GET_SIZE(parents), block_count = PyList_GET_SIZE(places), image = 0;
    if (PyList_GET_SIZE(names) != count || PyTuple_GET_SIZE(numbers) != 4) {
        PyErr_SetString(PyExc_ValueError, "each element has names and a parent, and blocks have four columns");
        return NULL;
    }
    Stats *all = PyMem_Calloc((size_t)count + 1, sizeof(Stats));
    Py_ssize_t *of = PyMem_Calloc((size_t)block_count + 1, sizeof(Py_ssize_t));
    if (all == NULL || of == NULL) {
        PyErr_NoMemory();
        goto end;
    }
    if (read_elements(all, count, parents, names) < 0)
        goto end;
    for (Py_ssize_t at = 0; at < block_count; at++)
        if (read_number(PyList_GET_ITEM(places, at), -1, count, of + at) < 0)
            goto end;
    for (Py_ssize_t at = 0; at < PyList_GET_SIZE(images); at++) {
        if (read_number(PyList_GET_ITEM(images, at), 0, count, &image) < 0)
            goto end;
        all[image].images += 1.0;
    }
    for (int at = 0; at < 4; at++)
        if (read_column(columns + at, PyTuple_GET_ITEM(numbers, at), block_count) < 0)
            goto end;
    add_blocks(all, count, of, block_count, columns);
    locate(all, count, total);
    measure(all, count, total);
    result = PyBytes_FromStringAndSize(NULL, block_count * (Py_ssize_t)(ROW * sizeof(double)));
    for (Py_ssize_t at = 0; result != NULL && at < block_count; at++)
        write_row((double *)(void *)PyBytes_AS_STRING(result) + at * ROW, all, of[at]);
end:
    for (int at = 0; at < 4; at++)
        PyMem_Free(columns[at].values);
    PyMem_Free(of);
    PyMem_Free(all);
    return result;
}

/* The module. */

static PyMethodDef lexicon_methods[] = {
    {"text_features", (PyCFunction)lexicon_text_features, METH_O,
     "text_features(text)\n--\n\n"
     "What `block_features.features_by_patterns` computes but `date` and `price`, and whether these have to be looked for.\n\n"
     "Raises ValueError where the text is empty."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot lexicon_slots[] = {
    {Py_tp_doc, "Lexicon(english, chinese)\n--\n\nThe bits of interface words: `lexicon.Words`."},
    {Py_tp_new, tables_new},
    {Py_tp_dealloc, tables_dealloc},
    {Py_tp_methods, lexicon_methods},
    {0, NULL},
};

static PyType_Spec lexicon_spec = {
    "seedclean.decisions.classifier._features.Lexicon", sizeof(Tables), 0, Py_TPFLAGS_DEFAULT, lexicon_slots,
};

static PyMethodDef wording_methods[] = {
    {"log_odds", (PyCFunction)wording_log_odds, METH_VARARGS,
     "log_odds(texts, cjk, bias)\n--\n\n"
     "What `wording.log_odds` computes for texts with these shares of CJK letters, which are floats."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot wording_slots[] = {
    {Py_tp_doc, "Wording(letters, words)\n--\n\nThe weights of pieces: `wording.Wording`."},
    {Py_tp_new, tables_new},
    {Py_tp_dealloc, tables_dealloc},
    {Py_tp_methods, wording_methods},
    {0, NULL},
};

static PyType_Spec wording_spec = {
    "seedclean.decisions.classifier._features.Wording", sizeof(Tables), 0, Py_TPFLAGS_DEFAULT, wording_slots,
};

static PyMethodDef functions[] = {
    {"element_rows", element_rows, METH_VARARGS,
     "element_rows(parents, names, of, images, columns, total)\n--\n\n"
     "The numbers of `ElementTree.columns`, as doubles one behind the other: a row for each block.\n\n"
     "For each element the place of its parent, which comes before it, or -1, and its `OwnNames`; for each block the place of its\n"
     "element, or -1; for each image that of its own; words, words in links, prose, and 1 for a heading, of each block; the prose\n"
     "of the page."},
    {"window_shares", window_shares, METH_VARARGS,
     "window_shares(parts, windows, count, others, empty)\n--\n\n"
     "What `windows.window_shares` computes, as doubles one behind the other: for each of `count` blocks, for each window, one\n"
     "for each part."},
    {NULL, NULL, 0, NULL},
};

static int
add_types(PyObject *module)
{
    PyType_Spec *specs[] = {&lexicon_spec, &wording_spec};
    for (int at = 0; at < 2; at++) {
        PyObject *type = PyType_FromModuleAndSpec(module, specs[at], NULL);
        if (type == NULL)
            return -1;
        int outcome = PyModule_AddType(module, (PyTypeObject *)type);
        Py_DECREF(type);
        if (outcome < 0)
            return -1;
    }
    return 0;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, add_types},
    {0, NULL},
};

static PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_features", "What features cost most to compute.", 0, functions, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit__features(void)
{
    return PyModuleDef_Init(&module);
}
