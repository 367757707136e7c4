"""Foreign readers on the files of write_sample_results: h5py, and xarray over netCDF4 and h5netcdf.
usage: read_with_python.py FOLDER"""
import hashlib
import pathlib
import sys
import unittest

import h5py
import numpy
import xarray

FOLDER = pathlib.Path(sys.argv[1])
SAMPLES = sorted(FOLDER.glob("*.h5"))
MIB = 1 << 20


def objects_of(file):
    found = [file["/"]]
    file.visititems(lambda _, item: found.append(item))
    return found


def datasets_of(file):
    return [item for item in objects_of(file) if isinstance(item, h5py.Dataset)]


def contents_of(dataset):
    """Texts as a list, numbers by their bytes, so that NaN equals NaN."""
    values = numpy.asarray(dataset[()])
    return values.tolist() if values.dtype == object else values.tobytes()


def digest_of(file):
    """results_sha256, written again from its description in columns.hpp and results_digest.cpp."""
    text = lambda name: file.attrs[name].decode()
    message = hashlib.sha256()
    message.update(f"{text('scenario_sha256')}\n{text('seed')}\n{text('rng')}\n".encode())
    narrow = ["cell", "x_treated", "n_treated", "x_control", "n_control"]
    columns = [(f"/tables/{name}", "<i4") for name in narrow]
    if text("engine") == "simulation":
        columns += [("/tables/count", "<i8"), ("/state/ledger/cell", "<i4"),
                    ("/state/ledger/first", "<i8"), ("/state/ledger/last", "<i8")]
    if "/state/patients" in file:
        columns += [(path, "<i8") for path in
                    ("/tables/pilot_count", "/tables/rejections", "/tables/pilot_rejections",
                     "/state/patients/words")]
    for path, kind in columns:
        message.update(f"{path} {file[path].size}\n".encode())
        message.update(file[path][()].astype(kind).tobytes())
    return message.hexdigest()


class EveryFile(unittest.TestCase):
    def each(self):
        self.assertGreaterEqual(len(SAMPLES), 7)
        for path in SAMPLES:
            with self.subTest(path.name), h5py.File(path, "r") as file:
                yield path, file

    def test_opens_in_xarray_with_both_engines(self):
        for path in SAMPLES:
            for engine in ("netcdf4", "h5netcdf"):
                groups = [None, "tables", "provenance"]
                groups += [] if "exact" in path.name else ["state", "state/ledger"]
                for group in groups:
                    with self.subTest(path=path.name, engine=engine, group=group):
                        with xarray.open_dataset(path, engine=engine, group=group) as data:
                            data.load()
                            if group is None:
                                self.assertIn("power", data)
                                self.assertIn("interval_method", data.coords)
                                self.assertEqual(data.power.dims[-1], "test")

    def test_states_the_digest_of_its_integers(self):
        for path, file in self.each():
            stated = file.attrs["results_sha256"].decode()
            self.assertEqual(digest_of(file), stated)
            self.assertEqual(path.with_suffix(".sha256").read_text(), stated)

    def test_has_scales_on_every_axis_of_every_dataset(self):
        for _, file in self.each():
            identifiers = []
            for dataset in datasets_of(file):
                if h5py.h5ds.is_scale(dataset.id):
                    identifiers.append(int(dataset.attrs["_Netcdf4Dimid"]))
                    continue
                names = [dimension[0].name.split("/")[-1] for dimension in dataset.dims]
                if names or not dataset.name.startswith("/provenance/"):
                    self.assertEqual(names, dataset.attrs["dimension_names"].decode().split())
            self.assertEqual(sorted(identifiers), list(range(len(identifiers))))

    def test_keeps_order_and_no_times(self):
        for _, file in self.each():
            for item in objects_of(file):
                plist = item.id.get_create_plist()
                self.assertFalse(plist.get_obj_track_times() if isinstance(item, h5py.Dataset)
                                 else False)
                tracked = h5py.h5p.CRT_ORDER_TRACKED | h5py.h5p.CRT_ORDER_INDEXED
                self.assertEqual(plist.get_attr_creation_order(), tracked)
                if isinstance(item, h5py.Group):
                    self.assertEqual(plist.get_link_creation_order(), tracked)

    def test_uses_the_superblock_of_hdf5_1_8(self):
        for path in SAMPLES:
            with path.open("rb") as file:
                start = file.read(9)
            self.assertEqual(start, b"\x89HDF\r\n\x1a\n\x02", path.name)

    def test_has_only_the_allowed_types(self):
        allowed = {numpy.dtype(kind) for kind in ("i1", "<i4", "<i8", "<f4", "<f8")}
        for _, file in self.each():
            for dataset in datasets_of(file):
                text = h5py.check_string_dtype(dataset.dtype)
                if text is None:
                    self.assertIn(dataset.dtype, allowed, dataset.name)
                else:
                    self.assertEqual((text.encoding, text.length), ("utf-8", None), dataset.name)
                    self.assertLessEqual(dataset.ndim, 1)
                    self.assertNotIn(b"", numpy.atleast_1d(dataset[()]), dataset.name)

    def test_filters_and_chunks_numbers(self):
        for _, file in self.each():
            for dataset in datasets_of(file):
                if dataset.ndim == 0 or h5py.check_string_dtype(dataset.dtype):
                    continue
                self.assertEqual((dataset.shuffle, dataset.compression, dataset.compression_opts,
                                  dataset.fletcher32), (True, "gzip", 4, True), dataset.name)
                chunk = numpy.prod(dataset.chunks) * dataset.dtype.itemsize
                self.assertLessEqual(chunk, MIB)
                self.assertGreater(chunk, min(dataset.nbytes, MIB // 2) - 1)

    def test_has_no_attribute_beyond_64_kib(self):
        for _, file in self.each():
            for item in objects_of(file):
                for name in item.attrs:
                    self.assertLess(item.attrs.get_id(name).get_storage_size(), 1 << 16)

    def test_describes_every_variable(self):
        for _, file in self.each():
            for name, item in file.items():
                if isinstance(item, h5py.Group):
                    continue
                self.assertEqual(item.attrs["units"], b"1")
                self.assertTrue(item.attrs["long_name"])
                if "ancillary_variables" in item.attrs:
                    self.assertIn(item.attrs["ancillary_variables"].decode(), file)
                    self.assertTrue(item.attrs["formula"])
            self.assertEqual(file["power"].attrs["ancillary_variables"], b"power_mcse")

    def test_counts_only_what_was_simulated(self):
        for path, file in self.each():
            is_exact = "exact" in path.name
            self.assertEqual("n_reject" in file, not is_exact)
            self.assertEqual("count" in file["tables"], not is_exact)
            self.assertEqual("probability" in file["tables"], is_exact)
            self.assertEqual("state" in file, not is_exact)


class Sweep(unittest.TestCase):
    def test_is_labelled_by_its_axes(self):
        with xarray.open_dataset(FOLDER / "sweep.h5") as data:
            self.assertEqual(data.power.dims, ("control_rate", "zip", "test"))
            self.assertEqual(set(data.power.coords),
                             {"control_rate", "zip", "odds_ratio", "total", "trial_power", "test"})
            self.assertNotIn("control_rate", data.data_vars)
            self.assertEqual(data.trial_power.values.tolist(), ["a", "b b", "ü"])
            chosen = data.coverage.sel(interval="odds_ratio:woolf", control_rate=0.3)
            self.assertEqual(chosen.dims, ("zip",))
            self.assertEqual(str(data.interval_method.values[1]), "baptista-pike")

    def test_without_an_axis_has_scalars(self):
        with xarray.open_dataset(FOLDER / "single.h5") as data:
            self.assertEqual(data.n_treated.dims, ())
            self.assertEqual(int(data.n_treated), 75)
            self.assertEqual(data.power.dims, ("test",))


class Provenance(unittest.TestCase):
    def test_is_all_in_which_two_computations_differ(self):
        with h5py.File(FOLDER / "single.h5") as one, \
                h5py.File(FOLDER / "single_elsewhere.h5") as other:
            for item in objects_of(one):
                if item.name.startswith("/provenance"):
                    continue
                twin = other[item.name]
                self.assertEqual(list(item.attrs), list(twin.attrs))
                for name in set(item.attrs) - {"DIMENSION_LIST", "REFERENCE_LIST"}:
                    self.assertTrue(numpy.array_equal(item.attrs[name], twin.attrs[name]), name)
                if isinstance(item, h5py.Dataset):
                    self.assertEqual(contents_of(item), contents_of(twin))
            self.assertEqual(one["provenance/scenario_given"].asstr()[()],
                             "[arms]\n# größer\nn = { treated = 75, control = 74 }\n")
            self.assertEqual(one["provenance"].attrs["host"], b"node7")
            self.assertEqual(len(other["provenance/long"][()]), 100000)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
