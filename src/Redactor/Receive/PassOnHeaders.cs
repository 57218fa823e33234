namespace Redactor.Receive;

/// <summary>Picks the request headers that configuration lets pass on to the backend.</summary>
/// <param name="names">Their names, in any case.</param>
internal sealed class PassOnHeaders(IReadOnlyList<string> names)
{
    private readonly string[] lowerNames = [.. names.Select(n => n.ToLowerInvariant()).Distinct()];

    /// <summary>The values of a header that was sent several times are joined by a comma, as RFC 9110 (5.3) allows.</summary>
    public Origin Pick(IHeaderDictionary headers)
    {
        List<KeyValuePair<string, string>>? picked = null;
        foreach (string name in lowerNames)
        {
            if (headers.TryGetValue(name, out var values))
            {
                (picked ??= []).Add(new(name, values.ToString()));
            }
        }

        return picked is null ? Origin.None : new Origin(picked);
    }
}
