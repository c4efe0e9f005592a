using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using NodaTime;
using NodaTime.Text;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>Measurements whose every number can be recomputed from what may be published: small counts are hidden before anything is computed, and persons stay out.</summary>
public sealed class MeasurementPublication
{
    private readonly Dictionary<string, MeasurementResult> ofPersons;
    private readonly MeasuredContents measured;
    private readonly int largestHidden;

    private MeasurementPublication(IReadOnlyList<MeasurementSpec> specs, MeasurementInput input, MeasuredContents measured, Dictionary<string, MeasurementResult> ofPersons, int suppressed, int largestHidden)
    {
        (Specs, Input, Suppressed) = (specs, input, suppressed);
        (this.measured, this.ofPersons, this.largestHidden) = (measured, ofPersons, largestHidden);
    }

    /// <summary>The measurements, in the order shown.</summary>
    public IReadOnlyList<MeasurementSpec> Specs { get; }

    /// <summary>What the package holds: figures with small counts hidden, no persons.</summary>
    public MeasurementInput Input { get; }

    /// <summary>Cells hidden by the small-numbers rule.</summary>
    public int Suppressed { get; }

    /// <summary>Codes of the municipalities that cells were hidden of.</summary>
    public IReadOnlyList<string> HiddenIn => measured.HiddenIn;

    /// <summary>Measurements whose result is in the package as it is, because it rests on persons.</summary>
    public IReadOnlyList<string> Given => measured.Given;

    /// <summary>Measurements that rest on persons and whose result holds small counts: they are not in the package.</summary>
    public IReadOnlyList<string> LeftOut => measured.LeftOut;

    /// <summary>Whether nothing is left to publish.</summary>
    public bool IsEmpty => measured.Measurements.Count == 0;

    /// <summary>Hides what may not be published and computes what rests on persons; the rest is computed when asked for.</summary>
    /// <param name="specs">The measurements, in the order shown.</param>
    /// <param name="input">All figures and persons at hand.</param>
    /// <param name="largestHidden">Largest count of persons that is hidden, 1-4.</param>
    /// <exception cref="InputException">The figures do not allow what rests on persons to be computed.</exception>
    public static MeasurementPublication Of(IReadOnlyList<MeasurementSpec> specs, MeasurementInput input, int largestHidden = SmallNumbers.DefaultLargest)
    {
        var needed = MeasurementInputs.Needed(specs, input);
        var persons = needed.Where(spec => MeasurementRunner.RestsOnPersons(spec) && input.Spells.Count > 0).ToList();
        var definitions = MeasurementInputs.Reduce(needed, input.Definitions);
        var used = MeasurementInputs.Used(needed, definitions, input.Observations);
        var before = input.Earlier is { } earlier ? MeasurementInputs.Used(needed, definitions, earlier.Observations) : [];
        var (now, then) = SmallNumbers.SuppressTogether(used, before, definitions, largestHidden);
        var vintages = input.Of(needed.SelectMany(spec => MeasurementRunner.Tables(spec, definitions)).Concat(persons.Count > 0 ? [MeasurementInput.SpellsTable] : []).Distinct(StringComparer.Ordinal));

        var whole = new MeasurementInput(definitions, now, vintages, input.Spells) { HiddenUpTo = largestHidden };
        var results = persons.ToDictionary(spec => spec.Id, whole.Measure, StringComparer.Ordinal);
        var given = results.Where(entry => !GivenResult.HasSmallCount(entry.Value.Tables, largestHidden)).ToDictionary(StringComparer.Ordinal);
        var leftOut = results.Keys.Except(given.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var hidden = used.Zip(now).Concat(before.Zip(then)).Where(pair => pair.First.Status != pair.Second.Status).Select(pair => pair.First.Area).ToList();
        var published = new MeasurementInput(
            leftOut.Count == 0 ? definitions : MeasurementInputs.Reduce([.. needed.Where(spec => !leftOut.Contains(spec.Id))], definitions),
            now,
            [.. vintages.Where(vintage => vintage.Table != MeasurementInput.SpellsTable || given.Count > 0)])
        {
            Earlier = input.Earlier is { } old ? new MeasurementInput(definitions, then, old.Vintages) { HiddenUpTo = largestHidden } : null,
            HiddenUpTo = largestHidden,
            Given = given,
        };
        var included = specs.Where(spec => !leftOut.Contains(spec.Id)).ToList();
        var contents = new MeasuredContents(
            included.ConvertAll(spec => spec.Id),
            [.. given.Keys.Order(StringComparer.Ordinal)],
            leftOut,
            [.. hidden.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            input.Earlier?.Vintages ?? [],
            input.Earlier is null ? "" : ValueHash.Of(then));
        return new MeasurementPublication(specs, published, contents, results, hidden.Count, largestHidden);
    }

    /// <summary>The result of one of the measurements, as it is in the package; of what is left out there, as it is here.</summary>
    /// <exception cref="InputException">The figures do not allow it.</exception>
    public MeasurementResult Result(MeasurementSpec spec) => ofPersons.GetValueOrDefault(spec.Id) ?? Input.Measure(spec);

    /// <summary>Writes the package as <paramref name="folder"/> and as <paramref name="folder"/> + <c>.zip</c>, never there in part.</summary>
    /// <param name="created">The package's time.</param>
    /// <param name="tools">The program and its report.</param>
    /// <param name="folder">The folder that the package becomes.</param>
    /// <returns>Folder, zip and package id.</returns>
    /// <exception cref="InputException">The folder or the zip is already there: packages are never overwritten.</exception>
    public (string Folder, string Zip, string PackageId) Write(Instant created, PublicationTools tools, string folder)
    {
        var specs = Specs.Where(spec => measured.Measurements.Contains(spec.Id)).ToList();
        var manifest = new PackageManifest(
            PackageManifest.CurrentFormat, "", "", tools.Software, InstantPattern.General.Format(created), Input.Vintages.Any(vintage => vintage.Synthetic), largestHidden, Suppressed, Input.Vintages, ValueHash.Of(Input.Observations), [])
        {
            Measured = measured,
        };
        return PackageWriter.Write(folder, created, () => MeasurementContents.Of(specs, Input, manifest, tools), () => manifest, writeParquet: null);
    }
}
