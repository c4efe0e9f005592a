namespace Fikspunkt.Sources.Synthetic;

/// <summary>What a municipality was made to be.</summary>
public enum SyntheticPractice
{
    /// <summary>Its effort is near zero.</summary>
    Ordinary,

    /// <summary>By lot truly good: fewer persons than its framework conditions lead to.</summary>
    Good,

    /// <summary>By lot truly poor: more persons than its framework conditions lead to.</summary>
    Poor,
}

/// <summary>
/// One replication: true shares and the full-time persons counted, as arrays, with the truth that a benchmark is to find.
/// Positions as in <see cref="SyntheticStructure"/>; a <see langword="null"/> group stands for the sum of all groups.
/// </summary>
/// <remarks>
/// True share = expected share (1 + effort) + what communicating vessels bring and take. Efforts have mean zero, so the expected share
/// is the mean over what a municipality with these conditions could be; that holds on the share scale, where the benchmark compares.
/// </remarks>
public sealed class SyntheticDraw
{
    // No combination of effort and vessels takes more than this share of the expected persons away.
    private const double LeastPartLeft = 0.2;

    private static readonly (int From, int To, SyntheticVessel Vessel)[] Vessels =
        [.. SyntheticVessel.All.Select(vessel => (GroupIndex(vessel.From), GroupIndex(vessel.To), vessel))];

    private readonly double[] trueShare;
    private readonly double[] persons;
    private readonly SyntheticPractice[] practice;

    internal SyntheticDraw(SyntheticStructure structure, int seed, int effortSeed)
    {
        Structure = structure;
        Seed = seed;
        practice = Lots(structure, effortSeed);
        trueShare = new double[SyntheticGroup.All.Count * structure.Municipalities.Count * structure.Options.Months];
        persons = new double[trueShare.Length];
        var factor = new double[SyntheticGroup.All.Count];
        var moved = new double[Vessels.Length];
        for (var area = 0; area < structure.Municipalities.Count; area++)
        {
            DrawEffects(area, effortSeed, factor, moved);
            SetTrueShares(area, factor, moved);
            for (var group = 0; group < SyntheticGroup.All.Count; group++)
            {
                var stream = new SplitStream(seed, StreamPurpose.Chance, structure.Municipalities[area].Code, group);
                SyntheticChance.Draw(ref stream, this, group, area, persons.AsSpan(structure.Position(group, area), structure.Options.Months));
            }
        }
    }

    /// <summary>The structure it was drawn from.</summary>
    public SyntheticStructure Structure { get; }

    /// <summary>The seed of its chance variation.</summary>
    public int Seed { get; }

    /// <summary>What a municipality was made to be.</summary>
    public SyntheticPractice Practice(int area) => practice[area];

    /// <summary>Full-time persons counted, with one decimal, one value a month: what the source knows before it hides or lacks cells.</summary>
    public ReadOnlySpan<double> Persons(int group, int area) => persons.AsSpan(Structure.Position(group, area), Structure.Options.Months);

    /// <summary>The share around which <see cref="Persons"/> vary by chance; one value a month.</summary>
    public ReadOnlySpan<double> TrueShares(int group, int area) => trueShare.AsSpan(Structure.Position(group, area), Structure.Options.Months);

    /// <summary>Counted persons of the months over the population of the months.</summary>
    public double ActualShare(int? group, int area, int firstMonth, int months) => OverPopulation(group, area, firstMonth, months, Persons, perPerson: false);

    /// <summary>Expected persons of the months over the population of the months: the share with no effort and no shifting.</summary>
    public double ExpectedShare(int? group, int area, int firstMonth, int months) => OverPopulation(group, area, firstMonth, months, Structure.ExpectedShares, perPerson: true);

    /// <summary>True persons of the months over the population of the months: the share with effort and shifting, without chance.</summary>
    public double TrueShare(int? group, int area, int firstMonth, int months) => OverPopulation(group, area, firstMonth, months, TrueShares, perPerson: true);

    /// <summary>The true difference: true share minus expected share; minus = fewer persons on benefits than conditions lead to.</summary>
    public double TrueDifference(int? group, int area, int firstMonth, int months) =>
        TrueShare(group, area, firstMonth, months) - ExpectedShare(group, area, firstMonth, months);

    /// <summary>The variance of <see cref="ActualShare"/> around <see cref="TrueShare"/> by chance, exact but for the rounding to one decimal.</summary>
    public double ChanceVariance(int? group, int area, int firstMonth, int months)
    {
        var population = PopulationSum(area, firstMonth, months);
        var (first, last) = Groups(group);
        double variance = 0;
        for (var g = first; g <= last; g++)
        {
            // Groups vary independently of each other.
            variance += SyntheticChance.VarianceOfSum(this, g, area, firstMonth, months);
        }

        return variance / (population * population);
    }

    private static int GroupIndex(string id)
    {
        var index = 0;
        while (SyntheticGroup.All[index].Id != id)
        {
            index++;
        }

        return index;
    }

    private static (int First, int Last) Groups(int? group) => group is { } one ? (one, one) : (0, SyntheticGroup.All.Count - 1);

    /// <summary>The first lots become good, the last ones poor.</summary>
    private static SyntheticPractice[] Lots(SyntheticStructure structure, int seed)
    {
        var areas = structure.Municipalities.Count;
        var lots = new double[areas];
        var order = new int[areas];
        for (var area = 0; area < areas; area++)
        {
            lots[area] = new SplitStream(seed, StreamPurpose.Lot, structure.Municipalities[area].Code).NextDouble();
            order[area] = area;
        }

        Array.Sort(lots, order);
        var result = new SyntheticPractice[areas];
        var each = (int)Math.Round(areas / (double)SyntheticEffort.OneInSoMany);
        for (var i = 0; i < each; i++)
        {
            result[order[i]] = SyntheticPractice.Good;
            result[order[areas - 1 - i]] = SyntheticPractice.Poor;
        }

        return result;
    }

    private void DrawEffects(int area, int seed, double[] factor, double[] moved)
    {
        var code = Structure.Municipalities[area].Code;
        var scale = Structure.Options.EffortScale;
        var stream = new SplitStream(seed, StreamPurpose.Effort, code);
        var common = (SyntheticEffort.CommonStandardDeviation * stream.NextNormal()) + (practice[area] switch
        {
            SyntheticPractice.Good => SyntheticEffort.Outstanding,
            SyntheticPractice.Poor => -SyntheticEffort.Outstanding,
            _ => 0,
        });
        for (var group = 0; group < factor.Length; group++)
        {
            var own = SyntheticEffort.GroupStandardDeviation * stream.NextNormal();
            factor[group] = 1 + (scale * SyntheticGroup.All[group].EffortLoading * (common + own));
        }

        var practiceStream = new SplitStream(seed, StreamPurpose.Vessels, code);
        for (var v = 0; v < moved.Length; v++)
        {
            moved[v] = scale * Vessels[v].Vessel.StandardDeviation * practiceStream.NextNormal();
        }
    }

    private void SetTrueShares(int area, double[] factor, double[] moved)
    {
        for (var group = 0; group < factor.Length; group++)
        {
            var expected = Structure.ExpectedShares(group, area);
            var target = trueShare.AsSpan(Structure.Position(group, area), expected.Length);
            for (var month = 0; month < target.Length; month++)
            {
                target[month] = factor[group] * expected[month];
            }
        }

        for (var v = 0; v < moved.Length; v++)
        {
            var (from, to, vessel) = Vessels[v];
            var expected = Structure.ExpectedShares(from, area);
            var source = trueShare.AsSpan(Structure.Position(from, area), expected.Length);
            var target = trueShare.AsSpan(Structure.Position(to, area), expected.Length);
            for (var month = 0; month < expected.Length; month++)
            {
                source[month] -= moved[v] * expected[month];
                target[month] += moved[v] * vessel.Kept * expected[month];
            }
        }

        for (var group = 0; group < factor.Length; group++)
        {
            var expected = Structure.ExpectedShares(group, area);
            var target = trueShare.AsSpan(Structure.Position(group, area), expected.Length);
            for (var month = 0; month < target.Length; month++)
            {
                target[month] = Math.Max(target[month], LeastPartLeft * expected[month]);
            }
        }
    }

    private double OverPopulation(int? group, int area, int firstMonth, int months, Func<int, int, ReadOnlySpan<double>> series, bool perPerson)
    {
        var (first, last) = Groups(group);
        double sum = 0;
        for (var g = first; g <= last; g++)
        {
            var values = series(g, area).Slice(firstMonth, months);
            for (var month = 0; month < months; month++)
            {
                sum += values[month] * (perPerson ? Structure.Population(area, firstMonth + month) : 1);
            }
        }

        return sum / PopulationSum(area, firstMonth, months);
    }

    private double PopulationSum(int area, int firstMonth, int months)
    {
        double sum = 0;
        for (var month = firstMonth; month < firstMonth + months; month++)
        {
            sum += Structure.Population(area, month);
        }

        return sum;
    }
}
