using Fikspunkt.Statistics.Survival;

namespace Fikspunkt.Statistics.Tests.Survival;

/// <summary>Seeded spells and the reference data on lung cancer.</summary>
internal sealed record SurvivalData(Spells Spells, RowMatrix X, int[] Groups)
{
    public static SurvivalData Lung(ReferenceCase reference) => new(
        new Spells(reference.Numbers("time"), [.. reference.Numbers("event").Select(value => (int)value)]),
        RowMatrix.FromColumns(reference.Numbers("age"), reference.Numbers("sex"), reference.Numbers("ph_ecog")),
        Coded(reference.Texts("inst")));

    /// <summary>Group numbers in the order of the groups' own numbers.</summary>
    public static int[] Coded(string[] texts)
    {
        var order = Labels(texts);
        return [.. texts.Select(text => Array.IndexOf(order, text))];
    }

    public static string[] Labels(string[] texts) =>
        [.. texts.Distinct().OrderBy(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>Spells with hazards that depend on the covariates; whole weeks give many ties.</summary>
    public static SurvivalData Random(int seed, int rows, int columns, bool ties = true, bool late = true, bool weighted = true, int causes = 1, int groups = 3)
    {
        var random = new Random(seed);
        var x = new RowMatrix(rows, columns, RandomData.Normals(seed, rows * columns));
        var (exit, entry, cause, weights, group) = (new double[rows], new double[rows], new int[rows], new double[rows], new int[rows]);
        for (var i = 0; i < rows; i++)
        {
            group[i] = i % groups;
            var predictor = 0.3 * group[i];
            for (var j = 0; j < columns; j++)
            {
                predictor += (j % 2 == 0 ? 0.5 : -0.4) * x[i, j];
            }

            var time = -12 * Math.Log(1 - random.NextDouble()) * Math.Exp(-predictor);
            var censoring = 25 * random.NextDouble();
            cause[i] = time <= censoring ? 1 + random.Next(causes) : 0;
            exit[i] = 0.01 + Math.Min(time, censoring);
            entry[i] = random.NextDouble() < 0.5 ? 0 : exit[i] * random.NextDouble() * 0.7;
            if (ties)
            {
                (exit[i], entry[i]) = (Math.Ceiling(exit[i]), Math.Floor(entry[i]));
            }

            weights[i] = random.NextDouble() < 0.1 ? 0 : 0.2 + (2 * random.NextDouble());
        }

        return new SurvivalData(new Spells(exit, cause, late ? entry : [], weighted ? weights : []), x, group);
    }

    public SurvivalData Permuted(int[] order)
    {
        var x = new RowMatrix(order.Length, X.Columns);
        for (var i = 0; i < order.Length; i++)
        {
            X.Row(order[i]).CopyTo(x.Row(i));
        }

        double[] Take(double[] values) => values.Length == 0 ? [] : [.. order.Select(i => values[i])];
        return new SurvivalData(
            new Spells(Take(Spells.Exit), [.. order.Select(i => Spells.Cause[i])], Take(Spells.Entry), Take(Spells.Weights)),
            x,
            [.. order.Select(i => Groups[i])]);
    }

    public Spells TimesScaled(double factor) => new(
        [.. Spells.Exit.Select(time => factor * time)], Spells.Cause, [.. Spells.Entry.Select(time => factor * time)], Spells.Weights);
}
