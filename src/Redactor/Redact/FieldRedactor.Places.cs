using Redactor.Locate;
using Redactor.Rules;

namespace Redactor.Redact;

/// <summary>Where a field is, for rules that do not take part everywhere and for masks of single services. Only where the configuration has such.</summary>
internal readonly ref partial struct FieldRedactor
{
    /// <summary>Sets the masks and the absent rules for a field. What the payload does not tell keeps a rule in force.</summary>
    private void EnterPlace(int index)
    {
        int resource = Around.ResourceOf(index);
        if (resource >= 0 && scratch.Service.Resource != resource)
        {
            ReadOnlySpan<byte> message = payload[fields[resource].Start..fields[resource].End];
            scratch.Service = (resource, PlaceNames.ServiceOf(message, encoding));
        }

        string? service = resource >= 0 ? scratch.Service.Name : null;
        scratch.Judge.Begin(scratch.Maskers.OfService(service));
        foreach ((int rule, RuleScope scope) in scratch.Maskers.Scoped)
        {
            if (!scope.Includes(service, scratch.Signal) || (scope.NamesAttributes && IsOutside(scope, index)))
            {
                scratch.Judge.Absent.Add(rule);
            }
        }

        if (scratch.Judge.Absent.Contains(fields[index].NameRule))
        {
            fields[index].NameRule = FindOtherName(index, scratch.Judge.Absent);
        }
    }

    /// <summary>The rule that names an attribute around a field as secret, of those that take part here; -1 if none does.</summary>
    private int FindOtherName(int index, List<int> absent)
    {
        for (int parent = fields[index].Parent; parent >= 0; parent = fields[parent].Parent)
        {
            ref readonly LocatedField message = ref fields[parent];
            if (message.Shape == MessageShape.KeyValue
                && PlaceNames.TryReadKey(payload[message.Start..message.End], encoding, out ReadOnlySpan<byte> key)
                && scanner.MatchName(key, absent) is >= 0 and var rule)
            {
                return rule;
            }
        }

        return -1;
    }

    /// <summary>Whether a field certainly is in no attribute of a scope: neither it nor one around it.</summary>
    private bool IsOutside(RuleScope scope, int index)
    {
        if (scratch.Signal is null || fields[index].Role == FieldRole.Unknown || ReferenceEquals(fields[index].Place, OtlpFields.StringTablePlace))
        {
            return false;
        }

        for (int parent = fields[index].Parent; parent >= 0; parent = fields[parent].Parent)
        {
            ref readonly LocatedField message = ref fields[parent];
            if (message.Shape == MessageShape.KeyValue
                && (!PlaceNames.TryReadKey(payload[message.Start..message.End], encoding, out ReadOnlySpan<byte> key) || scope.IncludesAttribute(key)))
            {
                return false;
            }
        }

        return true;
    }
}
