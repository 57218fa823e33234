namespace Redactor.Locate;

public static partial class OtlpFields
{
    private const string Common = "opentelemetry.proto.common.v1.";

    private static readonly OtlpMessage AnyValue = new(Common + "AnyValue", MessageShape.AnyValue);
    private static readonly OtlpMessage ArrayValue = new(Common + "ArrayValue");
    private static readonly OtlpMessage KeyValueList = new(Common + "KeyValueList");
    private static readonly OtlpMessage KeyValue = new(Common + "KeyValue", MessageShape.KeyValue);
    private static readonly OtlpMessage Scope = new(Common + "InstrumentationScope");
    private static readonly OtlpMessage EntityRef = new(Common + "EntityRef");
    private static readonly OtlpMessage Resource = new("opentelemetry.proto.resource.v1.Resource");

    private static void DefineCommon()
    {
        AnyValue.Define(
            Text(1, "stringValue", null),
            Varint(2, "boolValue"),
            new OtlpField(3, "intValue", FieldKind.Number, WireType.Varint),
            new OtlpField(4, "doubleValue", FieldKind.Number, WireType.Fixed64),
            Child(5, "arrayValue", ArrayValue),
            Child(6, "kvlistValue", KeyValueList),
            new OtlpField(7, "bytesValue", FieldKind.Bytes, WireType.Length),
            new OtlpField(8, "stringValueStrindex", FieldKind.TextIndex, WireType.Varint));
        ArrayValue.Define(Child(1, "values", AnyValue));
        KeyValueList.Define(Child(1, "values", KeyValue));
        KeyValue.Define(
            new OtlpField(1, "key", FieldKind.Name, WireType.Length),
            Child(2, "value", AnyValue),
            new OtlpField(3, "keyStrindex", FieldKind.NameIndex, WireType.Varint));
        Scope.Define(
            Text(1, "name", "scope.name"),
            Text(2, "version", "scope.version"),
            Child(3, "attributes", KeyValue, "scope.attribute"),
            Varint(4, "droppedAttributesCount"));

        // References stay true to what they refer to: a key that holds a secret is masked in both places, any other in none.
        EntityRef.Define(
            Text(1, "schemaUrl", "resource.entity"),
            Text(2, "type", "resource.entity"),
            Text(3, "idKeys", "resource.entity"),
            Text(4, "descriptionKeys", "resource.entity"));
        Resource.Define(
            Child(1, "attributes", KeyValue, "resource.attribute"),
            Varint(2, "droppedAttributesCount"),
            Child(3, "entityRefs", EntityRef));
    }
}
