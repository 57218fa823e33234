namespace Redactor.Forward.Queue;

/// <summary>What order is kept in: one signal on its way to one backend.</summary>
/// <param name="Exporter">The exporter's name in the configuration.</param>
/// <param name="Signal">The signal.</param>
internal readonly record struct LaneKey(string Exporter, Signal Signal);
