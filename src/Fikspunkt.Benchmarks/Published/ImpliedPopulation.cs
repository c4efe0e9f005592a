namespace Fikspunkt.Benchmarks.Published;

/// <summary>The population that published persons and shares imply together, when the population itself is not published.</summary>
/// <param name="Low">The smallest population that fits.</param>
/// <param name="High">The largest population that fits.</param>
internal readonly record struct ImpliedPopulation(double Low, double High)
{
    /// <summary>The middle of what fits.</summary>
    public double Middle => (Low + High) / 2;

    /// <summary>Whether a pair of figures fits this population.</summary>
    public bool Fits(PublishedPair pair) => pair.LowestPopulation <= High && pair.HighestPopulation >= Low;

    /// <summary>Finds the range of populations that fits the most pairs; <see langword="null"/> when nothing bounds it.</summary>
    /// <remarks>
    /// A pair of x persons (known to +-h) and a share s (known to +-r) leaves the population between (x - h) / (s + r) and
    /// (x + h) / (s - r). The intersection of all pairs is narrow, unless a figure is wrong at the source: then the range that
    /// most pairs agree on is taken, and the pairs outside it are the suspicious ones. Ties go to the lowest range.
    /// </remarks>
    public static ImpliedPopulation? Find(IReadOnlyList<PublishedPair> pairs)
    {
        ImpliedPopulation? best = null;
        var most = 0;
        foreach (var low in pairs.Select(pair => pair.LowestPopulation).Where(low => low > 0).Order())
        {
            var fitting = pairs.Where(pair => pair.LowestPopulation <= low && pair.HighestPopulation >= low).ToList();
            var high = fitting.Min(pair => pair.HighestPopulation);
            if (fitting.Count > most && double.IsFinite(high))
            {
                (best, most) = (new ImpliedPopulation(low, high), fitting.Count);
            }
        }

        return best;
    }
}

/// <summary>A number of persons and the share it is published as, both rounded.</summary>
/// <param name="Persons">Persons as published.</param>
/// <param name="PersonsRounding">Half the step that persons are rounded to.</param>
/// <param name="Share">Share as published, as a fraction.</param>
/// <param name="ShareRounding">Half the step that shares are rounded to, as a fraction.</param>
internal readonly record struct PublishedPair(double Persons, double PersonsRounding, double Share, double ShareRounding)
{
    /// <summary>The smallest population that the pair allows.</summary>
    public double LowestPopulation => Math.Max(0, Persons - PersonsRounding) / (Share + ShareRounding);

    /// <summary>The largest population that the pair allows.</summary>
    public double HighestPopulation => Share > ShareRounding ? (Persons + PersonsRounding) / (Share - ShareRounding) : double.PositiveInfinity;

    /// <summary>The range of the unrounded share, from both figures where they agree; from the share alone where they do not.</summary>
    public (double Low, double High) ShareRange(ImpliedPopulation population)
    {
        var low = Math.Max(Math.Max(0, Share - ShareRounding), (Persons - PersonsRounding) / population.High);
        var high = Math.Min(Share + ShareRounding, (Persons + PersonsRounding) / population.Low);
        return low <= high ? (low, high) : (Math.Max(0, Share - ShareRounding), Share + ShareRounding);
    }
}
