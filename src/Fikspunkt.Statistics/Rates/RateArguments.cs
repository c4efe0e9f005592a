namespace Fikspunkt.Statistics.Rates;

/// <summary>Checks of arguments that the intervals share.</summary>
internal static class RateArguments
{
    public static void Proportion(double events, double trials, double confidence)
    {
        Positive(trials, nameof(trials));
        if (!(events >= 0 && events <= trials))
        {
            throw new InvalidValueException(nameof(events), 0, 0, events, Requirement.Within, 0, trials);
        }

        Confidence(confidence);
    }

    public static void Count(double events, double confidence)
    {
        if (!(events >= 0 && double.IsFinite(events)))
        {
            throw new InvalidValueException(nameof(events), 0, 0, events, Requirement.NotBelowZero);
        }

        Confidence(confidence);
    }

    public static void Positive(double value, string argument)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new InvalidValueException(argument, 0, 0, value, Requirement.AboveZero);
        }
    }

    public static void Confidence(double confidence)
    {
        if (!(confidence > 0 && confidence < 1))
        {
            throw new InvalidValueException(nameof(confidence), 0, 0, confidence, Requirement.Between, 0, 1);
        }
    }
}
