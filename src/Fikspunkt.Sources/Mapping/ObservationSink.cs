using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Mapping;

/// <summary>Takes one observation after the other; the store's writer, or a test's list.</summary>
internal delegate void ObservationSink(string area, Period period, string indicator, string breakdown, double? value, ObservationStatus status, string? raw, int line);
