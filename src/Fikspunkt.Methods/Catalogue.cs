using Fikspunkt.Domain;
using Fikspunkt.Statistics;

namespace Fikspunkt.Methods;

/// <summary>Every method, by name.</summary>
public static class Catalogue
{
    /// <summary>The methods, family by family.</summary>
    public static IReadOnlyList<Method> All { get; } =
    [
        .. RegressionMethods.All,
        .. SurvivalMethods.All,
        .. FrontierMethods.All,
        .. RankMethods.All,
        .. CompositeRankMethod.All,
        .. AssociationMethods.All,
        .. ShrinkageMethods.All,
        .. GroupMethods.All,
        .. GroupNeighbourMethods.All,
        .. RateMethods.All,
        .. RateStandardMethods.All,
        .. MultiplicityMethods.All,
        .. SeriesMethods.All,
        .. SeriesPanelMethods.All,
        .. SeriesSyntheticMethod.All,
    ];

    /// <summary>The method of that name.</summary>
    /// <exception cref="InputException">There is none.</exception>
    public static Method Find(string name) => All.FirstOrDefault(method => string.Equals(method.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InputException(new InputProblem(Texts.MethodUnknown, Found: name, Expected: "fikspunkt stats --help"));

    /// <summary>Runs a method.</summary>
    /// <exception cref="InputException">The parameters or the data cannot be used; the data's own faults are told in the user's language.</exception>
    public static Quantities Run(Method method, MethodInput input)
    {
        try
        {
            return method.Run(input);
        }
        catch (Exception e) when (e is StatisticsException or ArgumentException)
        {
            throw new InputException(Refusal.Of(e), e);
        }
    }
}
