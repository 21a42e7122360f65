/* Boosted trees over rows of features: what the generated modules trees_*.py compute, with the same floats.

   The model is data: a Forest is made of the trees as the JSON of a model has them, so that a new model needs no new build. The
   order of the additions is that of the generated modules; doubles are only compared and added.

   Not for the stable ABI: without its macros, to read a row takes twice as long as all trees. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <limits.h>
#include <string.h>

/* A leaf has the column -1 and its value. Another node has a threshold as its value; the subtree for values up to the
   threshold is the next node, and the one for values above it is at `above`. */
typedef struct {
    double value;
    int column;
    int above;
} Node;

typedef struct {
    PyObject_HEAD
    Node *nodes;
    Py_ssize_t node_count, node_room;
    Py_ssize_t *roots;
    Py_ssize_t tree_count;
    Py_ssize_t width;
} Forest;

/* A wider row is no row of features; a batch of such rows fits into the memory of any machine. */
enum { WIDEST = 1 << 16 };

static Py_ssize_t
new_node(Forest *self)
{
    if (self->node_count == self->node_room) {
        Py_ssize_t room = self->node_room ? 2 * self->node_room : 1024;
        Node *nodes = PyMem_Realloc(self->nodes, (size_t)room * sizeof(Node));
        if (nodes == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        self->nodes = nodes;
        self->node_room = room;
    }
    if (self->node_count == INT_MAX) {
        PyErr_SetString(PyExc_OverflowError, "too many nodes");
        return -1;
    }
    return self->node_count++;
}

/* Add a tree, and return where it begins; -1 with an exception set. `columns` are the places of the columns in a row. */
static Py_ssize_t
add_tree(Forest *self, PyObject *tree, PyObject *columns)
{
    Py_ssize_t at = new_node(self);
    if (at < 0)
        return -1;
    if (!PyList_Check(tree)) {
        double value = PyFloat_AsDouble(tree);
        if (value == -1.0 && PyErr_Occurred())
            return -1;
        self->nodes[at] = (Node){value, -1, 0};
        return at;
    }
    if (PyList_Size(tree) != 4) {
        PyErr_SetString(PyExc_ValueError, "a node needs a column, a threshold and two subtrees");
        return -1;
    }
    Py_ssize_t number = PyLong_AsSsize_t(PyList_GetItem(tree, 0));
    if (number == -1 && PyErr_Occurred())
        return -1;
    if (number < 0 || number >= PyList_Size(columns)) {
        PyErr_SetString(PyExc_ValueError, "a node asks for a column that the model does not name");
        return -1;
    }
    Py_ssize_t column = PyLong_AsSsize_t(PyList_GetItem(columns, number));
    double threshold = PyFloat_AsDouble(PyList_GetItem(tree, 1));
    if (PyErr_Occurred())
        return -1;
    if (column < 0 || column >= self->width) {
        PyErr_SetString(PyExc_ValueError, "a column lies outside of the row");
        return -1;
    }
    if (Py_EnterRecursiveCall(" in a tree"))
        return -1;
    Py_ssize_t above = add_tree(self, PyList_GetItem(tree, 2), columns);
    if (above >= 0)
        above = add_tree(self, PyList_GetItem(tree, 3), columns);
    Py_LeaveRecursiveCall();
    if (above < 0)
        return -1;
    self->nodes[at] = (Node){threshold, (int)column, (int)above};
    return at;
}

static PyObject *
forest_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *trees, *columns;
    Py_ssize_t width;
    static char *names[] = {"trees", "columns", "width", NULL};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!O!n", names, &PyList_Type, &trees, &PyList_Type, &columns, &width))
        return NULL;
    if (PyList_Size(trees) == 0 || width <= 0 || width > WIDEST) {
        PyErr_SetString(PyExc_ValueError, "a forest needs a tree, and a row of 1 to 65,536 columns");
        return NULL;
    }
    allocfunc allocate = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Forest *self = (Forest *)allocate(type, 0);
    if (self == NULL)
        return NULL;
    self->width = width;
    self->roots = PyMem_Malloc((size_t)PyList_Size(trees) * sizeof(Py_ssize_t));
    if (self->roots == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    for (Py_ssize_t at = 0; at < PyList_Size(trees); at++) {
        Py_ssize_t root = add_tree(self, PyList_GetItem(trees, at), columns);
        if (root < 0) {
            Py_DECREF(self);
            return NULL;
        }
        self->roots[self->tree_count++] = root;
    }
    return (PyObject *)self;
}

static void
forest_dealloc(Forest *self)
{
    PyTypeObject *type = Py_TYPE((PyObject *)self);
    PyMem_Free(self->nodes);
    PyMem_Free(self->roots);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF(type);
}

/* Write a number, or the leaves of nested tuples, to a row from `at` on. Returns where the next value goes; -1 with an exception
   set. */
static Py_ssize_t
flatten(PyObject *part, double *row, Py_ssize_t at, Py_ssize_t width)
{
    if (PyTuple_Check(part)) {
        if (Py_EnterRecursiveCall(" in a row"))
            return -1;
        Py_ssize_t size = PyTuple_GET_SIZE(part);
        for (Py_ssize_t inner = 0; inner < size && at >= 0; inner++)
            at = flatten(PyTuple_GET_ITEM(part, inner), row, at, width);
        Py_LeaveRecursiveCall();
        return at;
    }
    if (at >= width) {
        PyErr_SetString(PyExc_ValueError, "a row is too long");
        return -1;
    }
    double value = PyFloat_CheckExact(part) ? PyFloat_AS_DOUBLE(part) : PyFloat_AsDouble(part);
    if (value == -1.0 && PyErr_Occurred())
        return -1;
    row[at] = value;
    return at + 1;
}

/* One or more columns: `doubles` that are `width` for each row, or a number or nested tuples for each, from `items`, a list or a
   tuple, or from an iterator. All are owned. */
typedef struct {
    PyObject *doubles, *items, *iterator;
    Py_ssize_t width;
} Column;

/* Begin to read columns, into memory that is empty; -1 with an exception set. */
static int
open_columns(PyObject *columns, Py_ssize_t count, Column *opened)
{
    for (Py_ssize_t at = 0; at < PyList_Size(columns); at++) {
        PyObject *column = PyList_GetItem(columns, at);
        if (PyList_Check(column) || PyTuple_Check(column)) {
            Py_INCREF(column);
            opened[at].items = column;
            continue;
        }
        if (!PyBytes_Check(column)) {
            if ((opened[at].iterator = PyObject_GetIter(column)) == NULL)
                return -1;
            continue;
        }
        Py_ssize_t size = PyBytes_Size(column), width = count ? size / (Py_ssize_t)sizeof(double) / count : 0;
        if (size != width * count * (Py_ssize_t)sizeof(double)) {
            PyErr_SetString(PyExc_ValueError, "packed columns differ from the number of rows");
            return -1;
        }
        Py_INCREF(column);
        opened[at].doubles = column;
        opened[at].width = width;
    }
    return 0;
}

static void
close_columns(Column *opened, Py_ssize_t column_count)
{
    for (Py_ssize_t at = 0; at < column_count; at++) {
        Py_XDECREF(opened[at].doubles);
        Py_XDECREF(opened[at].items);
        Py_XDECREF(opened[at].iterator);
    }
    PyMem_Free(opened);
}

/* Write what the columns have for one row, from `at` on. Returns where the row ends; -1 with an exception set. */
static Py_ssize_t
read_row(Column *columns, Py_ssize_t column_count, Py_ssize_t number, double *row, Py_ssize_t at, Py_ssize_t width)
{
    for (Column *column = columns; column < columns + column_count && at >= 0; column++) {
        if (column->doubles != NULL) {
            if (column->width > width - at) {
                PyErr_SetString(PyExc_ValueError, "a row is too long");
                return -1;
            }
            size_t size = (size_t)column->width * sizeof(double);
            memcpy(row + at, PyBytes_AsString(column->doubles) + (size_t)number * size, size);
            at += column->width;
            continue;
        }
        PyObject *part = NULL;
        if (column->iterator != NULL)
            part = PyIter_Next(column->iterator);
        else if (number < PySequence_Fast_GET_SIZE(column->items))
            part = Py_NewRef(PySequence_Fast_GET_ITEM(column->items, number));
        if (part == NULL) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "a column is too short");
            return -1;
        }
        at = flatten(part, row, at, width);
        Py_DECREF(part);
    }
    return at;
}

/* Rows that are scored together: each tree then stays in the processor's cache for all of them. */
enum { BATCH = 32 };

/* Add up the trees from `begin` to before `end` for each of some rows of a batch. */
static void
sum_trees(const Forest *self, const double *batch, const int *rows, int count, Py_ssize_t begin, Py_ssize_t end,
          double *sums)
{
    for (Py_ssize_t tree = begin; tree < end; tree++) {
        const Node *root = self->nodes + self->roots[tree];
        for (int at = 0; at < count; at++) {
            const double *row = batch + rows[at] * self->width;
            const Node *node = root;
            while (node->column >= 0)
                node = row[node->column] <= node->value ? node + 1 : self->nodes + node->above;
            sums[at] = tree == begin ? node->value : sums[at] + node->value;
        }
    }
}

/* Append the scores of a batch of rows to a list; -1 with an exception set. */
static int
score_batch(const Forest *self, const double *batch, int count, Py_ssize_t first, double certain, PyObject *result)
{
    int rows[BATCH] = {0};
    double odds[BATCH], rest[BATCH];
    for (int at = 0; at < count; at++)
        rows[at] = at;
    sum_trees(self, batch, rows, count, 0, first, odds);
    if (first < self->tree_count) {
        int uncertain = 0;
        for (int at = 0; at < count; at++)
            if (-certain <= odds[at] && odds[at] <= certain)
                rows[uncertain++] = at;
        sum_trees(self, batch, rows, uncertain, first, self->tree_count, rest);
        for (int at = 0; at < uncertain; at++)
            odds[rows[at]] += rest[at];
    }
    for (int at = 0; at < count; at++) {
        PyObject *value = PyFloat_FromDouble(odds[at]);
        if (value == NULL)
            return -1;
        int outcome = PyList_Append(result, value);
        Py_DECREF(value);
        if (outcome < 0)
            return -1;
    }
    return 0;
}

static PyObject *
forest_scores(Forest *self, PyObject *args)
{
    PyObject *document, *columns, *result = NULL;
    Py_ssize_t rows, first;
    double certain;
    if (!PyArg_ParseTuple(args, "O!nO!nd:scores", &PyTuple_Type, &document, &rows, &PyList_Type, &columns, &first, &certain))
        return NULL;
    if (first <= 0 || first > self->tree_count)
        first = self->tree_count;
    Py_ssize_t column_count = PyList_Size(columns);
    Column *opened = PyMem_Calloc((size_t)column_count + 1, sizeof(Column));
    double *batch = PyMem_Malloc((size_t)(BATCH * self->width) * sizeof(double));
    if (opened == NULL || batch == NULL) {
        PyErr_NoMemory();
        goto end;
    }
    Py_ssize_t begin = flatten(document, batch, 0, self->width);
    if (begin < 0 || open_columns(columns, rows, opened) < 0 || (result = PyList_New(0)) == NULL)
        goto end;
    for (int at = 1; at < BATCH; at++)
        memcpy(batch + at * self->width, batch, (size_t)begin * sizeof(double));
    int count = 0;
    for (Py_ssize_t at = 0; at < rows; at++) {
        Py_ssize_t end = read_row(opened, column_count, at, batch + count * self->width, begin, self->width);
        if (end >= 0 && end != self->width)
            PyErr_SetString(PyExc_ValueError, "a row is too short");
        if (end != self->width) {
            Py_CLEAR(result);
            goto end;
        }
        if (++count == BATCH || at == rows - 1) {
            if (score_batch(self, batch, count, first, certain, result) < 0) {
                Py_CLEAR(result);
                goto end;
            }
            count = 0;
        }
    }
end:
    if (opened != NULL)
        close_columns(opened, column_count);
    PyMem_Free(batch);
    return result;
}

static PyMethodDef forest_methods[] = {
    {"scores", (PyCFunction)forest_scores, METH_VARARGS,
     "scores(document, rows, columns, first, certain)\n--\n\n"
     "For each of `rows` rows the sum of the first trees, and of all trees if that sum is between -certain and certain.\n\n"
     "A row is `document` and what each column has for it: a number, nested tuples, or doubles of a bytes object that has as many\n"
     "for each row. Raises ValueError where a row is not as wide as the forest's, or a column is too short."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot forest_slots[] = {
    {Py_tp_doc, "Forest(trees, columns, width)\n--\n\n"
                "Trees as the JSON of a model has them; `columns` are the places of its columns in a row of `width` numbers."},
    {Py_tp_new, forest_new},
    {Py_tp_dealloc, forest_dealloc},
    {Py_tp_methods, forest_methods},
    {0, NULL},
};

static PyType_Spec forest_spec = {
    "seedclean.decisions.classifier._forest.Forest", sizeof(Forest), 0, Py_TPFLAGS_DEFAULT, forest_slots,
};

static int
add_types(PyObject *module)
{
    PyObject *type = PyType_FromModuleAndSpec(module, &forest_spec, NULL);
    if (type == NULL)
        return -1;
    int outcome = PyModule_AddType(module, (PyTypeObject *)type);
    Py_DECREF(type);
    return outcome;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, add_types},
    {0, NULL},
};

static PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_forest", "Boosted trees over rows of features.", 0, NULL, module_slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit__forest(void)
{
    return PyModuleDef_Init(&module);
}
